/* Autosave: each part is sent within two seconds of a change, waits on the device while it cannot be, and is never lost.

   A part's state is one of saved, waiting, saving, kept (on the device), unkept (in this page alone), refused. */
(function () {
  "use strict";
  const REST = 700;
  const LATEST = 1600;
  const DEVICE = 250;
  const RETRY = 5000;
  const MOST_KEEPALIVE = 20000;

  /* `given`: {url, who, kept, now(), changed(id), shut()}; `shut` is called where the site no longer knows who this is. */
  function make(given) {
    const page = Peer.newId();
    const parts = new Map();
    let closed = false;

    function part(id) {
      if (!parts.has(id)) {
        const fresh = { id, page, seq: 0, text: "", base: [], beside: [], state: "saved", error: "", dirty: false, busy: false };
        parts.set(id, { ...fresh, first: 0, timer: 0, device: 0, stored: false, left: "" });
      }
      return parts.get(id);
    }

    function tell(each, state, error) {
      each.state = state;
      each.error = error || "";
      given.changed(each.id);
    }

    /* Takes what the site has of a part. The newest that can be read is shown; what stands beside it is `beside`. */
    function adopt(id, live, mine) {
      const each = part(id);
      const shown = live.find((one) => one.mark === mine) || live.filter((one) => one.text !== null).pop();
      each.beside = live.filter((one) => one !== shown);
      if (shown) {
        each.base = [shown.mark];
        if (shown.mark !== mine) each.text = shown.text;
      } else if (!mine) each.base = [];
      return each;
    }

    function name(each) {
      return each.page + ":" + each.id;
    }

    function keepSoon(each) {
      clearTimeout(each.device);
      each.device = setTimeout(() => keepNow(each), DEVICE);
    }

    async function keepNow(each) {
      clearTimeout(each.device);
      if (closed || !each.dirty) return;
      const draft = { id: each.id, text: each.text, page: each.page, seq: each.seq + 1, base: each.base, at: given.now() };
      each.stored = await given.kept.put(name(each), draft);
      if (!each.dirty) given.kept.wipe(name(each));
      else if (each.state === "kept" && !each.stored) tell(each, "unkept");
    }

    /* The person typed. */
    function write(id, text) {
      const each = part(id);
      if (closed || text === each.text) return;
      each.text = text;
      each.dirty = true;
      keepSoon(each);
      if (!each.first) each.first = Date.now();
      clearTimeout(each.timer);
      each.timer = setTimeout(() => send(each), Math.max(0, Math.min(REST, each.first + LATEST - Date.now())));
      if (each.state === "saved" || each.state === "refused") tell(each, "waiting");
      else given.changed(id);
    }

    /* Writes a text that stands for all versions of a part that the person saw. */
    async function replace(id, text) {
      const each = part(id);
      while (each.busy && !closed) await new Promise((soon) => setTimeout(soon, 50));
      each.base = each.base.concat(each.beside.filter((one) => one.text !== null).map((one) => one.mark));
      each.beside = each.beside.filter((one) => one.text === null);
      each.text = text;
      each.dirty = true;
      await send(each);
    }

    async function send(each, leaving) {
      clearTimeout(each.timer);
      if (closed || !each.dirty || (each.busy && !leaving)) return;
      each.busy = true;
      each.first = 0;
      each.seq += 1;
      const sent = { who: given.who, part: each.id, text: each.text, page: each.page, seq: each.seq, base: each.base.slice(-8) };
      if (each.state !== "kept" && each.state !== "unkept") tell(each, "saving");
      const reply = await Peer.post(given.url, sent, { keepalive: each.text.length < MOST_KEEPALIVE });
      if (closed || sent.seq !== each.seq) return;
      each.busy = false;
      if (reply.ok && Array.isArray(reply.body.live)) await arrived(each, sent, reply.body.live);
      else await failed(each, sent, reply);
    }

    async function arrived(each, sent, live) {
      const typed = each.text;
      adopt(each.id, live, sent.page + ":" + sent.seq);
      each.text = typed;
      each.dirty = typed !== sent.text;
      if (each.dirty) {
        tell(each, "waiting");
        await send(each);
        return;
      }
      clearTimeout(each.device);
      await given.kept.wipe(name(each));
      if (each.left) await given.kept.wipe(each.left);
      each.left = "";
      if (!each.dirty) tell(each, "saved");
    }

    async function failed(each, sent, reply) {
      await keepNow(each);
      if (PeerStorySaving.shuts(reply)) {
        given.shut();
        return;
      }
      const final = reply.status >= 400 && reply.status < 500 && reply.status !== 429 && reply.body.error;
      if (final) tell(each, "refused", reply.body.error);
      else tell(each, each.stored ? "kept" : "unkept");
      if (!final || each.text !== sent.text) each.timer = setTimeout(() => send(each), final ? REST : RETRY);
    }

    /* Sends all that waits, now; `leaving` does not wait for what is under way. */
    function flush(leaving) {
      return Promise.all(Array.from(parts.values()).filter((each) => each.dirty).map((each) => {
        if (leaving) keepNow(each);
        return send(each, leaving);
      }));
    }

    /* Takes up what an earlier page of this person left on the device, under a name that says so; `flush` sends it.
       Of several drafts of one part the others wait for the next page, since they are versions of their own. */
    async function resume(deletedAt) {
      for (const key of given.kept.names().filter((each) => !each.startsWith("run:"))) {
        const draft = await given.kept.get(key);
        if (!draft || (deletedAt && draft.at <= deletedAt)) await given.kept.wipe(key);
        else if (!part(draft.id).dirty) goOn(draft, key);
      }
    }

    function goOn(draft, key) {
      const each = part(draft.id);
      each.page = draft.page.split("_")[0] + "_" + Peer.newId().slice(0, 8);
      each.seq = draft.seq;
      each.base = draft.base.concat([draft.page + ":" + draft.seq]);
      each.text = draft.text;
      each.left = key;
      each.dirty = true;
      each.stored = true;
      each.state = "kept";
    }

    function close() {
      closed = true;
      parts.forEach((each) => [each.timer, each.device].forEach(clearTimeout));
    }

    return { adopt, close, flush, part, parts, replace, resume, write, waiting: () => Array.from(parts.values()).some((each) => each.dirty) };
  }

  /* Whether an answer says that the site may not know this person any more: refused, or a page to sign in on. */
  function shuts(reply) {
    return reply.ok || [401, 403, 404, 409].includes(reply.status);
  }

  window.PeerStorySaving = { make, shuts };
})();
