async (source) => {
  /* Writes a picture (a PNG as a data URL) anew with few colours: pages have few, and small files are kind to whoever clones. */
  const MOST = 40;
  const picture = await createImageBitmap(await (await fetch(source)).blob());
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const pixels = pen.getImageData(0, 0, width, height).data;

  const key = (at) => ((pixels[at] >> 3) << 10) | ((pixels[at + 1] >> 3) << 5) | (pixels[at + 2] >> 3);
  const seen = new Map();
  for (let at = 0; at < pixels.length; at += 4) {
    const found = seen.get(key(at));
    if (found) found.count += 1;
    else seen.set(key(at), { count: 1, rgb: [pixels[at], pixels[at + 1], pixels[at + 2]] });
  }
  const palette = Array.from(seen.values()).sort((a, b) => b.count - a.count).slice(0, MOST).map((each) => each.rgb);

  const near = new Map();
  function nearest(rgb) {
    let best = 0;
    let least = Infinity;
    palette.forEach((each, index) => {
      const far = (each[0] - rgb[0]) ** 2 + (each[1] - rgb[1]) ** 2 + (each[2] - rgb[2]) ** 2;
      if (far < least) [best, least] = [index, far];
    });
    return best;
  }

  const lines = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = 4 * (row * width + column);
      const name = key(at);
      if (!near.has(name)) near.set(name, nearest([pixels[at], pixels[at + 1], pixels[at + 2]]));
      lines[row * (width + 1) + 1 + column] = near.get(name);
    }
  }

  const packed = new Uint8Array(
    await new Response(new Blob([lines]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer(),
  );
  const table = Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  const check = (bytes) => (bytes.reduce((sum, byte) => table[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const number = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  function chunk(name, data) {
    const body = new Uint8Array([...new TextEncoder().encode(name), ...data]);
    return [...number(data.length), ...body, ...number(check(body))];
  }
  const file = new Uint8Array([
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk("IHDR", [...number(width), ...number(height), 8, 3, 0, 0, 0]),
    ...chunk("PLTE", palette.flat()),
    ...chunk("IDAT", packed),
    ...chunk("IEND", []),
  ]);
  let text = "";
  for (let at = 0; at < file.length; at += 0x8000) text += String.fromCharCode(...file.subarray(at, at + 0x8000));
  return btoa(text);
}
