/* Elements in one line, and phrases with their values put in. */
(function () {
  "use strict";

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    });
    node.append(...children.filter((each) => each !== null && each !== undefined && each !== false));
    return node;
  }

  function button(label, does, quiet) {
    const node = make("button", { type: "button", class: quiet ? "peer__action peer__action--quiet" : "peer__action" }, label);
    node.addEventListener("click", does);
    return node;
  }

  /* A switch with its label; `does(on)` hears of each change. */
  function toggle(label, on, does) {
    const box = make("input", { type: "checkbox", checked: on });
    box.addEventListener("change", () => does(box.checked));
    return make("label", { class: "peer__choice peer-story__switch" }, box, make("span", {}, label));
  }

  function say(phrase, values) {
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  }

  /* Unix seconds as the reader's own day and time. */
  function moment(at) {
    return new Date(at * 1000).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
  }

  window.PeerStoryDom = { button, make, moment, say, toggle };
})();
