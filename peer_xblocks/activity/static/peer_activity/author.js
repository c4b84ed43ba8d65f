/* What every author's editor does: a linter that follows the typing, one save that says how it went, a way out. */
(function () {
  "use strict";
  const PAUSE = 600;
  const UNREACHED = "The check of your text could not be reached. You can go on writing.";
  const UNSAVED = "We could not save. What you wrote is still on this page; try again in a moment.";

  /* Begins an editor. `written()` is what its handlers `lint` and `save` take, `show(faults)` what it does with faults. */
  function begin(runtime, root, { lint, save, written, show }) {
    const form = root.querySelector("[data-part='form']");
    const status = root.querySelector("[data-part='status']");
    let timer = 0;
    let asked = 0;

    function tell(sentence) {
      status.textContent = sentence || "";
    }

    async function check() {
      const turn = (asked += 1);
      const reply = await Peer.post(lint, written());
      if (turn !== asked || !root.isConnected) return;
      if (reply.ok) show(reply.body.faults);
      else tell(reply.body.error || UNREACHED);
      if (reply.ok && status.textContent === UNREACHED) tell("");
    }

    function lintSoon() {
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    }

    function notify(name, data) {
      if (runtime && runtime.notify) runtime.notify(name, data);
    }

    async function keep(event) {
      event.preventDefault();
      clearTimeout(timer);
      asked += 1;
      notify("save", { state: "start", message: "Saving" });
      const reply = await Peer.post(save, written());
      if (reply.ok) {
        show(reply.body.faults);
        tell("Saved.");
        notify("save", { state: "end" });
        return;
      }
      tell(reply.body.error || UNSAVED);
      notify("error", { title: "Not saved yet", message: status.textContent });
    }

    form.addEventListener("submit", keep);
    form.querySelector("[data-do='cancel']").addEventListener("click", () => notify("cancel", {}));
    return { form, lintSoon, tell };
  }

  window.PeerAuthor = { begin };
})();
