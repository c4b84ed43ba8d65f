/* The parts of a check as DOM nodes. Text goes in by textContent; author markup is rebuilt tag by tag from a short list. */
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
    return make("div", { class: "peer-check__words" + (mark ? " " + mark : ""), dir: "auto" }, ...markup(html));
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

  /* One question as a form; `place` is its line above ("Question 3 of 12"). */
  function form(question, place, text, part) {
    const several = question.several;
    const legend = make(
      "legend",
      { tabindex: "-1", "data-part": "legend" },
      make("span", { class: "peer-check__place" }, place),
      words(question.stem),
      make("span", { class: "peer-check__place" }, several ? text.several : text.one),
    );
    const choices = question.options.map((option) =>
      make(
        "label",
        { class: "peer__choice" },
        make("input", { type: several ? "checkbox" : "radio", name: part + "-" + question.id, value: option.id }),
        words(option.text),
      ),
    );
    const submit = make("button", { type: "submit", class: "peer__action" }, text.check);
    return make(
      "form",
      { novalidate: true },
      make("fieldset", {}, legend, ...choices),
      make("div", { class: "peer__row", "data-part": "buttons" }, submit),
    );
  }

  function chosen(node) {
    return Array.from(node.querySelectorAll("input:checked"), (each) => each.value);
  }

  function reason(rationale, source, text) {
    if (!rationale && !source) return null;
    return make(
      "div",
      { class: "peer-check__chosen" },
      rationale ? make("strong", {}, text.why) : "",
      rationale ? words(rationale) : "",
      source ? make("p", { class: "peer__quiet", dir: "auto" }, say(text.source, { source })) : "",
    );
  }

  function taught(option) {
    return make(
      "div",
      { class: "peer-check__chosen" },
      words(option.text, "peer-check__words--mine"),
      option.feedback ? words(option.feedback) : "",
    );
  }

  /* What an answer brought; the heading takes the focus. */
  function feedback(result, text) {
    const title = result.right ? text.right : text.not_yet;
    return make(
      "div",
      { "data-part": "feedback" },
      make("h3", { class: "peer__heading " + (result.right ? "peer__good" : "peer__care"), tabindex: "-1" }, title),
      result.right ? "" : make("p", {}, result.reason),
      ...result.chosen.map(taught),
      reason(result.rationale, result.source, text),
    );
  }

  /* What was learned, folded away until somebody wants to read it again. */
  function review(learned, text) {
    if (!learned.length) return null;
    const list = make("ol", {});
    learned.forEach((item) => {
      list.append(make("li", {}, words(item.stem), ...item.answers.map(taught), reason(item.rationale, item.source, text)));
    });
    return make("details", { class: "peer-check__review" }, make("summary", {}, text.review), list);
  }

  window.PeerQuestion = { button, chosen, feedback, form, make, markup, review, say };
})();
