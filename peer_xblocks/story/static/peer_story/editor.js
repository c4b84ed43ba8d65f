/* The author's form of a story: reads its fields, saves them, says what to mend. */
function PeerStoryEditor(runtime, element) {
  "use strict";
  const root = window.Peer.node(element);
  const form = root.querySelector("form");
  const said = root.querySelector('[data-part="said"]');

  function notify(name, data) {
    if (runtime && runtime.notify) runtime.notify(name, data);
  }

  function written() {
    const fields = form.elements;
    const asides = Array.from(form.querySelectorAll('[name="asides"]:checked'), (each) => each.value);
    return { display_name: fields.display_name.value, preset: fields.preset.value, required: fields.required.checked, asides };
  }

  async function save(event) {
    event.preventDefault();
    said.textContent = "";
    notify("save", { state: "start" });
    const answer = await window.Peer.post(runtime.handlerUrl(root, "save_settings"), written());
    if (answer.ok) {
      notify("save", { state: "end" });
      return;
    }
    said.textContent = answer.body.error || "This was not saved. Your choices are still here; try again in a moment.";
    notify("error", { title: "Not saved", message: said.textContent });
  }

  form.addEventListener("submit", save);
  root.querySelector('[data-do="cancel"]').addEventListener("click", () => notify("cancel", {}));
}
