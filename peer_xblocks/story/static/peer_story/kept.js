/* What waits on this device: encrypted under a key that comes with the sign-in, wiped once the site has it. */
(function () {
  "use strict";
  const PREFIX = "peer-kept:";

  function bytes(text) {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  }

  function base64(buffer) {
    let made = "";
    new Uint8Array(buffer).forEach((each) => (made += String.fromCharCode(each)));
    return btoa(made);
  }

  /* The keeper of one person's page; without WebCrypto (no https) it keeps nothing rather than keep it open. */
  async function open(who, key) {
    const home = PREFIX + who + ":";
    const lock = window.crypto && crypto.subtle
      ? await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"])
      : null;
    /* Writes in turn, so that a wipe is never overtaken by an older text. */
    let last = Promise.resolve(true);
    const turn = (does) => (last = last.then(does, does));

    async function put(name, value) {
      if (!lock) return false;
      try {
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const said = new TextEncoder().encode(JSON.stringify(value));
        const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(home + name) }, lock, said);
        localStorage.setItem(home + name, base64(iv) + "." + base64(sealed));
        return true;
      } catch (full) {
        return false;
      }
    }

    async function get(name) {
      try {
        const [iv, sealed] = localStorage.getItem(home + name).split(".");
        const how = { name: "AES-GCM", iv: bytes(iv), additionalData: new TextEncoder().encode(home + name) };
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, lock, bytes(sealed))));
      } catch (unreadable) {
        return null;
      }
    }

    function wipe(name) {
      try {
        localStorage.removeItem(home + name);
      } catch (closed) {
        /* Nothing was kept here either. */
      }
      return true;
    }

    function names() {
      try {
        return Object.keys(localStorage).filter((each) => each.startsWith(home)).map((each) => each.slice(home.length));
      } catch (closed) {
        return [];
      }
    }

    return {
      put: (name, value) => turn(() => put(name, value)),
      get: (name) => turn(() => get(name)),
      wipe: (name) => turn(() => wipe(name)),
      wipeAll: () => turn(() => names().forEach(wipe)),
      names,
    };
  }

  window.PeerStoryKept = { open };
})();
