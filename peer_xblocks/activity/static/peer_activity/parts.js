/* The parts that every activity is made of, as DOM nodes. Text goes in by textContent; author markup is rebuilt tag by tag from a short list. */
(function () {
  "use strict";

  const TAGS = new Set(
    "P BR HR EM STRONG S CODE PRE BLOCKQUOTE A UL OL LI H3 H4 H5 H6 TABLE THEAD TBODY TR TH TD".split(" "),
  );
  const LINK = /^(https?:|mailto:|tel:|sms:)/i;

  /* make("p", {class: "x"}, "text", node, …) */
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    });
    node.append(...children.filter((each) => each !== null && each !== undefined && each !== ""));
    return node;
  }

  /* Sanitised markup of the server as nodes: parsed where nothing runs or loads, then rebuilt. */
  function markup(html) {
    const read = new DOMParser().parseFromString(html || "", "text/html").body;
    const nodes = Array.from(read.childNodes, rebuilt).filter(Boolean);
    const single = read.children.length === 1 && read.firstElementChild.tagName === "P";
    return single && nodes.length === 1 ? Array.from(nodes[0].childNodes) : nodes;
  }

  function rebuilt(node) {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || !TAGS.has(node.tagName)) return null;
    const made = document.createElement(node.tagName);
    if (node.tagName === "A" && LINK.test(node.getAttribute("href") || "")) {
      made.setAttribute("href", node.getAttribute("href"));
      made.setAttribute("rel", "noopener noreferrer");
      made.setAttribute("target", "_blank");
    }
    if (node.tagName === "OL" && node.hasAttribute("start")) made.setAttribute("start", node.getAttribute("start"));
    made.append(...Array.from(node.childNodes, rebuilt).filter(Boolean));
    return made;
  }

  function words(html, mark) {
    return make("div", { class: "peer-words" + (mark ? " " + mark : ""), dir: "auto" }, ...markup(html));
  }

  /* "You have {right} of {of}." with figures put in. */
  function say(phrase, figures) {
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in figures ? String(figures[name]) : whole));
  }

  function button(label, onclick, quiet) {
    const node = make("button", { type: "button", class: "peer__action" + (quiet ? " peer__action--quiet" : "") }, label);
    node.addEventListener("click", onclick);
    return node;
  }

  window.PeerParts = { button, make, markup, say, words };
})();
