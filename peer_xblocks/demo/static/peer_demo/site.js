/* The page around the blocks' frames: frames grow with what is in them, as in the learning front end of Open edX. */
(function () {
  "use strict";
  const frames = Array.from(document.querySelectorAll("iframe[data-unit]"));

  const editor = document.querySelector("[data-editor]");

  window.addEventListener("message", (event) => {
    const frame = frames.find((each) => each.contentWindow === event.source);
    if (!frame || event.origin !== window.location.origin) return;
    const said = event.data || {};
    if (said.type === "plugin.resize" && said.payload && said.payload.height > 0) {
      frame.style.blockSize = Math.ceil(said.payload.height) + "px";
    }
    if (typeof said.offset === "number") {
      window.scrollTo(0, said.offset + frame.getBoundingClientRect().top + window.scrollY);
    }
    if (editor) edited(said.type, said.payload || {});
  });

  /* An editor says how saving goes; saved or left, the unit is shown again. */
  function edited(type, said) {
    if (type === "xblock.save" && said.state === "start") editor.textContent = said.message || "Saving";
    if (type === "xblock.error") editor.textContent = [said.title, said.message].filter(Boolean).join(": ");
    if (type === "xblock.cancel" || (type === "xblock.save" && said.state === "end")) {
      window.location.assign(editor.dataset.editor);
    }
  }
})();
