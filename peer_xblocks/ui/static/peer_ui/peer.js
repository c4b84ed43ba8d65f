/* What every script of ours shares: a POST that carries the CSRF header, ids, times in words, height in the LMS iframe. */
(function () {
  "use strict";
  if (window.Peer) return;

  function cookie(name) {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  }

  /* Resolves to {ok, status, body}; status 0 where the line is down. Never rejects. */
  async function post(url, data, options) {
    const given = options || {};
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: JSON.stringify(data),
        keepalive: Boolean(given.keepalive),
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
        signal: given.signal,
      });
      const body = await answer.json().catch(() => ({}));
      return { ok: answer.ok, status: answer.status, body };
    } catch (gone) {
      return { ok: false, status: 0, body: {} };
    }
  }

  /* 4680 → "1 h 18 min"; whole minutes rounded down, as the server does. */
  function minutes(seconds) {
    const whole = Math.floor(seconds / 60);
    const hours = Math.floor(whole / 60);
    return hours ? hours + " h " + (whole % 60) + " min" : whole + " min";
  }

  /* The DOM node of a block: the platform hands over a node or a jQuery object. */
  function node(element) {
    return element && element.jquery ? element[0] : element;
  }

  window.Peer = { cookie, minutes, newId, node, post };
})();
