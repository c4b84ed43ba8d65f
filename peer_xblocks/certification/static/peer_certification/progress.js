/* The progress page: saves the name for the certificate, looks quietly for the receipt while a report is on its way. */
function PeerProgress(runtime, element, args) {
  "use strict";
  const root = window.Peer.node(element);
  const find = (part) => root.querySelector(".peer-progress__" + part);
  const form = find("form");
  const waits = [2, 3, 5, 8, 13, 21, 34, 55, 60, 60, 60, 60, 60];
  let looking = false;

  function show(told) {
    if (!told.words) return;
    if (find("words").textContent !== told.words) find("words").textContent = told.words;
    find("proof").hidden = !told.proof;
    Object.entries(told.proof || {}).forEach(([name, value]) => {
      const place = root.querySelector('[data-proof="' + name + '"]');
      if (place) place.textContent = String(value);
    });
  }

  function wait(seconds) {
    return new Promise((done) => setTimeout(done, seconds * 1000));
  }

  function seen() {
    if (!document.hidden) return Promise.resolve();
    return new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
  }

  async function look(told) {
    if (looking || !told.waiting) return;
    looking = true;
    for (const seconds of waits) {
      await wait(seconds);
      await seen();
      if (!root.isConnected) break;
      const answer = await window.Peer.post(runtime.handlerUrl(root, "state"), {});
      if (answer.ok) show(answer.body);
      if (answer.ok && !answer.body.waiting) break;
    }
    looking = false;
  }

  async function save(event) {
    event.preventDefault();
    const said = find("said");
    const answer = await window.Peer.post(runtime.handlerUrl(root, "set_name"), { name: form.elements.name.value });
    if (!answer.ok) {
      said.textContent = answer.body.error || "We could not save just now. Your text is still here; try again in a moment.";
      form.elements.name.focus();
      return;
    }
    said.textContent = "";
    form.elements.name.value = "";
    find("name").textContent = answer.body.name;
    find("shown").hidden = false;
    show(answer.body);
    look(answer.body);
  }

  form.addEventListener("submit", save);
  find("print").addEventListener("click", () => window.print());
  look(args || {});
}
