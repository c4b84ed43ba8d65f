/* Answers that wait for the line: in memory, and in this tab's storage so that a reload does not lose them. */
(function () {
  "use strict";
  const RETRY = 15000;

  /* A refusal of ours is the last word; anything else is the line or the server, and worth another try. */
  function final(reply) {
    return reply.status >= 400 && reply.status < 500 && reply.status !== 429 && Boolean(reply.body.error);
  }

  /* Calls `flush` when the line is back, and every so often, for as long as `root` is on the page. */
  function whenBack(root, flush) {
    window.addEventListener("online", flush);
    const clock = setInterval(() => {
      if (root.isConnected) return flush();
      clearInterval(clock);
      return window.removeEventListener("online", flush);
    }, RETRY);
  }

  /* A queue under `key`. Where the browser keeps nothing, it lives as long as the page. */
  function keep(key) {
    let waiting = read(key);

    function write() {
      try {
        if (waiting.length) sessionStorage.setItem(key, JSON.stringify(waiting));
        else sessionStorage.removeItem(key);
      } catch (full) {
        /* Storage is closed or full: memory still holds the answers. */
      }
    }

    return {
      first: () => waiting[0],
      any: () => waiting.length > 0,
      items: () => waiting.map((each) => each.item),
      add: (answer) => {
        waiting = waiting.filter((each) => each.client_id !== answer.client_id).concat([answer]);
        write();
      },
      drop: (answer) => {
        waiting = waiting.filter((each) => each.client_id !== answer.client_id);
        write();
      },
    };
  }

  function read(key) {
    try {
      const found = JSON.parse(sessionStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found.filter((each) => each && each.client_id && each.item) : [];
    } catch (unreadable) {
      return [];
    }
  }

  window.PeerKept = { final, keep, whenBack };
})();
