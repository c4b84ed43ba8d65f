/* Answers that wait for the line: in memory, and in this tab's storage so that a reload does not lose them. */
(function () {
  "use strict";
  const RETRY = 15000;
  const PATIENCE = 20000;

  /* A POST that outlives the page, and that a line which says nothing does not hold for ever: what is kept goes again. */
  async function post(url, data) {
    const giving = new AbortController();
    const timer = setTimeout(() => giving.abort(), PATIENCE);
    const reply = await Peer.post(url, data, { keepalive: true, signal: giving.signal });
    clearTimeout(timer);
    return reply;
  }

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

  /* A queue under `key` of answers to what their field `name` names. Where the browser keeps nothing, it lives as long as the page. */
  function keep(key, name) {
    let waiting = read(key, name);

    function write() {
      try {
        if (waiting.length) sessionStorage.setItem(key, JSON.stringify(waiting));
        else sessionStorage.removeItem(key);
      } catch (full) {
        /* Storage is closed or full: memory still holds the answers. */
      }
    }

    function drop(answer) {
      waiting = waiting.filter((each) => each.client_id !== answer.client_id);
      write();
    }

    /* Sends what waits, oldest first, and hands each last word to `took`; false where the line is down again. */
    async function send(url, took) {
      while (waiting.length) {
        const answer = waiting[0];
        const reply = await post(url, answer);
        if (!reply.ok && !final(reply)) return false;
        drop(answer);
        await took(answer, reply);
      }
      return true;
    }

    function add(answer) {
      drop(answer);
      waiting.push(answer);
      write();
    }

    return { add, any: () => waiting.length > 0, names: () => new Set(waiting.map((each) => each[name])), send };
  }

  function read(key, name) {
    try {
      const found = JSON.parse(sessionStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found.filter((each) => each && each.client_id && each[name]) : [];
    } catch (unreadable) {
      return [];
    }
  }

  window.PeerKept = { final, keep, post, whenBack };
})();
