/* The parts of a check as DOM nodes. */
(function () {
  "use strict";
  const { make, say, words } = window.PeerParts;

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
      words(option.text, "peer-words--mine"),
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

  window.PeerQuestion = { chosen, feedback, form, review };
})();
