/* The line to the server: one answer at a time, until acknowledged, whatever the network does. */
(function () {
  "use strict";
  const WAIT = 1000;
  const RETRY = 5000;

  /* `on` hears: saved(reply, message), kept(reply), refused(reply, message). */
  function open(urls, kept, clock, device, on) {
    let timer = 0;
    let busy = null;
    let closed = false;
    let seq = 0;

    async function ask(name, data, options) {
      const sent = clock.ticks();
      const reply = await Peer.post(urls[name], data, options);
      if (reply.ok && reply.body.clock) clock.anchor(reply.body.clock, sent, clock.ticks());
      return reply;
    }

    /* The number rises on this device, over reloads and tabs, since it is the time of the sitting. */
    function put(item, chosen, flagged) {
      seq = Math.max(seq + 1, clock.since());
      kept.put({ item, chosen, flagged, device, seq, client_id: Peer.newId(), after: Math.round(clock.ticks()) });
      later(WAIT);
    }

    function later(wait) {
      clearTimeout(timer);
      if (!closed) timer = setTimeout(flush, wait);
    }

    function flush(options) {
      if (!busy) {
        busy = send(options).finally(() => {
          busy = null;
        });
      }
      return busy;
    }

    async function send(options) {
      clearTimeout(timer);
      while (kept.any() && !closed) {
        const message = kept.first();
        const reply = await ask("answer", message, { keepalive: Boolean(options && options.keepalive) });
        if (reply.ok) {
          kept.drop(message);
          on.saved(reply.body, message);
        } else if (final(reply)) {
          kept.drop(message);
          on.refused(reply, message);
        } else {
          on.kept(reply);
          later(RETRY + Math.random() * 1000);
          return false;
        }
      }
      return true;
    }

    /* A refusal of ours that no repetition changes. Who is signed out may sign in again. */
    function final(reply) {
      return [400, 404, 409, 413].includes(reply.status) && Boolean(reply.body.error);
    }

    return {
      ask,
      flush,
      put,
      close: () => {
        closed = true;
        clearTimeout(timer);
      },
    };
  }

  window.PeerExamLine = { open };
})();
