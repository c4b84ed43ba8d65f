/* The form of one question. */
(function () {
  "use strict";
  const { make } = window.PeerParts;
  const { act, move, movers, pick, text } = window.PeerForm;
  const DOMAINS = ["", "D1", "D2", "D3", "D4", "D5", "D6", "D7"];
  let numbers = 0;

  function freeId(options) {
    const taken = new Set(options.map((each) => each.id));
    const letter = "abcdefghijklmnopqrstuvwxyz".split("").find((each) => !taken.has(each));
    return letter || "o" + (taken.size + 1);
  }

  function fresh() {
    const options = ["a", "b", "c"].map((id) => ({ id, text: "", right: false, feedback: "" }));
    const id = Peer.newId().slice(0, 8);
    return { id, stem: "", options, kind: "single", level: "vignette", domain: "", rationale: "", source: "" };
  }

  /* One answer of a question. `on.redraw(field)` draws the question again and puts the focus on that field. */
  function answer(item, option, at, group, on) {
    const right = make("input", { type: item.kind === "multiple" ? "checkbox" : "radio", name: group, "data-field": "right" + at });
    right.checked = option.right;
    right.addEventListener("change", () => {
      if (item.kind !== "multiple") item.options.forEach((each) => (each.right = false));
      option.right = right.checked;
      on.changed();
    });
    const shift = (by, name) => () => move(item.options, at, by) && on.redraw("[data-answer='" + (at + by) + "'] [data-do='" + name + "']");
    const buttons = movers("", "answer " + (at + 1), {
      up: shift(-1, "up"),
      down: shift(1, "down"),
      remove: () => {
        item.options.splice(at, 1);
        on.redraw("[data-do='option']");
      },
    });
    return make(
      "fieldset",
      { class: "peer__card", "data-answer": at },
      make("legend", {}, "Answer " + (at + 1)),
      text("Words", option, "text", on.changed, 2),
      make("label", { class: "peer__choice" }, right, make("span", {}, "This is right")),
      text("What choosing it teaches", option, "feedback", on.changed, 2),
      buttons,
    );
  }

  /* The whole form of one question. */
  function question(item, at, on) {
    const group = "right-" + (numbers += 1);
    const kinds = [["single", "One answer"], ["multiple", "Several answers"]];
    const levels = [["", "Not set"], ["recall", "Recall"], ["vignette", "Vignette (a short case)"]];
    const kindChanged = () => {
      if (item.kind === "single") item.options.filter((each) => each.right).slice(1).forEach((each) => (each.right = false));
      on.redraw("[data-field='kind']");
    };
    const add = act("Add an answer", "option", () => {
      item.options.push({ id: freeId(item.options), text: "", right: false, feedback: "" });
      on.redraw("[data-answer='" + (item.options.length - 1) + "'] textarea");
    });
    return make(
      "fieldset",
      { class: "peer__card", "data-item": item.id },
      make("legend", {}, "Question " + (at + 1)),
      text("Question", item, "stem", on.changed, 3),
      pick("Learners choose", item, "kind", kinds, kindChanged),
      ...item.options.map((option, place) => answer(item, option, place, group, on)),
      make("div", { class: "peer__row" }, add),
      text("Why the right answer is right", item, "rationale", on.changed, 2),
      text("Where that comes from (section, page, skill)", item, "source", on.changed),
      pick("Level", item, "level", levels, on.changed),
      pick("Part of the exam outline", item, "domain", DOMAINS.map((each) => [each, each || "Not set"]), on.changed),
      make("ul", { class: "peer__care", "data-part": "faults", hidden: true }),
      movers("item-", "question " + (at + 1), on),
    );
  }

  window.PeerFields = { fresh, question };
})();
