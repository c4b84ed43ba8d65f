/* A text to read and sign: one button, and what was signed to be read again. */
(function () {
  "use strict";
  const { button, make, say, words } = window.PeerParts;

  function PeerAttestation(_runtime, element, args) {
    const root = Peer.node(element);
    const text = args.words;
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    let state = args.state;
    let busy = false;
    let mark = Peer.newId();

    function tell(sentence) {
      part("status").textContent = sentence || "";
    }

    function version(shown) {
      return shown.version ? make("p", { class: "peer__quiet", dir: "auto" }, say(text.version, shown)) : null;
    }

    function body(shown) {
      return make("div", { class: "peer-attestation__text" }, words(shown.html, shown.long ? "peer-words--as-is" : ""), version(shown));
    }

    function heading(title, tone) {
      return make("h3", { class: "peer__heading " + tone, tabindex: "-1" }, title);
    }

    /* What stands above the text: signed, newer than what was signed, or nothing yet. */
    function above() {
      if (state.signed) return [heading(text.signed_title, "peer__good"), make("p", {}, say(text.signed, { when: state.signed }))];
      if (state.newer) return [heading(text.newer_title, "peer__care"), make("p", {}, say(text.newer, { when: state.newer }))];
      return state.text ? [make("p", { class: "peer__quiet" }, text.before)] : [];
    }

    function asked() {
      if (!state.text || state.signed) return null;
      return make("div", { class: "peer__row" }, button(text.statement, sign));
    }

    function earlier(each) {
      return make("details", {}, make("summary", {}, say(text.earlier, each)), body(each));
    }

    function draw() {
      const shown = state.text ? body(state.text) : make("p", {}, args.office ? text.missing_office : text.missing);
      const nodes = [...above(), shown, asked(), ...state.earlier.map(earlier)];
      part("stage").replaceChildren(...nodes.filter(Boolean));
    }

    function reach() {
      const found = root.querySelector("h3");
      if (found) found.focus();
    }

    async function sign() {
      if (busy) return;
      busy = true;
      tell(text.saving);
      const reply = await Peer.post(args.handlers.sign, { digest: state.text.sha256, client_id: mark });
      busy = false;
      if (reply.ok) took(reply.body, "");
      else if (reply.status === 404 || reply.status === 409) await again(reply.body.error);
      else tell(reply.body.error || text.unsaved);
    }

    function took(fresh, sentence) {
      state = fresh;
      mark = Peer.newId();
      draw();
      tell(sentence);
      reach();
    }

    /* The text is another one by now: shows it, and says so. */
    async function again(sentence) {
      const fresh = await Peer.post(args.handlers.look, {});
      if (fresh.ok) took(fresh.body, sentence);
      else tell(sentence || text.unsaved);
    }

    draw();
  }

  window.PeerAttestation = PeerAttestation;
})();
