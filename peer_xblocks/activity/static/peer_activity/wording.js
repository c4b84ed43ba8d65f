/* The author's editor of a text to sign. */
(function () {
  "use strict";
  const { list, pick, text } = window.PeerForm;
  const SOURCES = [
    ["", "The text below"],
    ["ethics", "The office's code of ethics"],
  ];

  function PeerAttestationEditor(runtime, element, args) {
    const root = Peer.node(element);
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    const { lint, save_text: save } = args.handlers;
    const { form, lintSoon } = PeerAuthor.begin(runtime, root, { lint, save, written, show });

    function written() {
      return { display_name: form.elements.display_name.value, ...args.settings };
    }

    function show(faults) {
      list(part("whole"), faults.map((each) => each.where + ": " + each.what + " " + each.do));
    }

    part("fields").append(
      pick("Learners sign", args.settings, "source", SOURCES, lintSoon),
      text("Your text", args.settings, "text", lintSoon, 12),
      text("Its version, such as its date", args.settings, "version", lintSoon),
    );
    show(args.faults);
  }

  window.PeerAttestationEditor = PeerAttestationEditor;
})();
