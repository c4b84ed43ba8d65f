/* The parts of an exam page as DOM nodes. Text goes in by textContent; author markup is rebuilt tag by tag. */
(function () {
  "use strict";

  const TAGS = new Set("P BR HR EM STRONG S CODE PRE BLOCKQUOTE UL OL LI H3 H4 H5 H6 TABLE THEAD TBODY TR TH TD".split(" "));

  /* make("p", {class: "x"}, "text", node, …) */
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    });
    node.append(...children.filter((each) => each !== null && each !== undefined && each !== ""));
    return node;
  }

  /* "You have {raw} of {of}." with figures put in. */
  function say(phrase, figures) {
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in figures ? String(figures[name]) : whole));
  }

  function button(label, onclick, quiet) {
    const node = make("button", { type: "button", class: "peer__action" + (quiet ? " peer__action--quiet" : "") }, label);
    node.addEventListener("click", onclick);
    return node;
  }

  function row(...buttons) {
    return make("div", { class: "peer__row" }, ...buttons);
  }

  /* A heading that can take the focus when a view changes. */
  function heading(text) {
    return make("h3", { class: "peer__heading", tabindex: "-1" }, text);
  }

  /* Sanitised markup of the server, parsed where nothing runs or loads, then rebuilt. A link stays text: no way out. */
  function words(html) {
    const read = new DOMParser().parseFromString(html || "", "text/html").body;
    const nodes = Array.from(read.childNodes, rebuilt).filter(Boolean);
    const single = nodes.length === 1 && nodes[0].tagName === "P";
    return make("div", { class: "peer-exam__words", dir: "auto" }, ...(single ? Array.from(nodes[0].childNodes) : nodes));
  }

  function rebuilt(node) {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return null;
    const made = TAGS.has(node.tagName) ? document.createElement(node.tagName) : document.createElement("span");
    made.append(...Array.from(node.childNodes, rebuilt).filter(Boolean));
    return made;
  }

  window.PeerExamParts = { button, heading, make, row, say, words };
})();
