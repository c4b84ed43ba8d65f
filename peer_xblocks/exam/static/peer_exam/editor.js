/* The author's form of an exam: reads its fields, saves them, says what to mend. */
function PeerExamEditor(runtime, element) {
  "use strict";
  const root = window.Peer.node(element);
  const form = root.querySelector(".peer-editor");
  const said = root.querySelector(".peer-editor__said");

  async function save(event) {
    event.preventDefault();
    said.textContent = "";
    runtime.notify("save", { state: "start" });
    const answer = await window.Peer.post(runtime.handlerUrl(root, "save_exam"), Object.fromEntries(new FormData(form)));
    if (answer.ok) {
      runtime.notify("save", { state: "end" });
      return;
    }
    said.textContent = answer.body.error || "This was not saved. Your text is still here; try again in a moment.";
    runtime.notify("error", { title: "Not saved", message: said.textContent });
  }

  form.addEventListener("submit", save);
  root.querySelector(".peer-editor__leave").addEventListener("click", () => runtime.notify("cancel", {}));
}
