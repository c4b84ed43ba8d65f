/* Answers that wait for the line: in memory, and in this tab's storage so that a reload does not lose them. */
(function () {
  "use strict";

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

  window.PeerKept = { keep };
})();
