/* Answers on the device until the server has them: one entry a question, wiped once acknowledged.
   An entry holds ids alone, under a name that only the same person's page of the same sitting knows. */
(function () {
  "use strict";

  function keep(key) {
    const memory = new Map();
    const prefix = key + ":";
    stored((box) => {
      for (let at = 0; at < box.length; at += 1) {
        const name = box.key(at);
        if (name && name.startsWith(prefix)) read(memory, box.getItem(name));
      }
    });

    return {
      all: () => Array.from(memory.values()),
      any: () => memory.size > 0,
      first: () => memory.values().next().value,
      put: (message) => {
        memory.delete(message.item);
        memory.set(message.item, message);
        stored((box) => box.setItem(prefix + message.item, JSON.stringify(message)));
      },
      /* A newer answer to the same question stays. */
      drop: (message) => {
        const newest = memory.get(message.item);
        if (newest && newest.client_id === message.client_id) memory.delete(message.item);
        stored((box) => {
          const held = JSON.parse(box.getItem(prefix + message.item) || "null");
          if (held && held.client_id === message.client_id) box.removeItem(prefix + message.item);
        });
      },
    };
  }

  function read(memory, text) {
    try {
      const message = JSON.parse(text);
      if (message && message.item && message.client_id) memory.set(message.item, message);
    } catch (unreadable) {
      /* Not ours, or cut short: nothing to send. */
    }
  }

  /* Storage may be closed or full: memory still holds the answers. */
  function stored(use) {
    try {
      use(window.localStorage);
    } catch (closed) {
      /* See above. */
    }
  }

  /* A name for this tab that a reload keeps. */
  function device(key) {
    try {
      const known = window.sessionStorage.getItem(key) || Peer.newId();
      window.sessionStorage.setItem(key, known);
      return known;
    } catch (closed) {
      return Peer.newId();
    }
  }

  window.PeerExamKept = { device, keep };
})();
