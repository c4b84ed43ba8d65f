/* The author's form of a module: reads its fields, saves them, says what to mend. */
function PeerModuleEditor(runtime, element) {
  "use strict";
  const root = window.Peer.node(element);
  const form = root.querySelector(".peer-editor");
  const said = root.querySelector(".peer-editor__said");

  function read() {
    const fields = new FormData(form);
    const text = (name) => String(fields.get(name) || "");
    const lines = text("objectives").split("\n").map((line) => line.trim());
    return {
      display_name: text("display_name"),
      module_id: text("module_id").trim(),
      self_minutes: Number(text("self_minutes") || 0),
      live_minutes: Number(text("live_minutes") || 0),
      objectives: lines.filter(Boolean),
      competencies: text("competencies"),
      guide: text("guide"),
      live_units: fields.getAll("live_units").map(String),
      outline_only: fields.has("outline_only"),
    };
  }

  async function save(event) {
    event.preventDefault();
    said.textContent = "";
    runtime.notify("save", { state: "start" });
    const answer = await window.Peer.post(runtime.handlerUrl(root, "save_settings"), read());
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
