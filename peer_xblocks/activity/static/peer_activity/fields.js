/* The form of one question: fields that write straight into the question they show. */
(function () {
  "use strict";
  const DOMAINS = ["", "D1", "D2", "D3", "D4", "D5", "D6", "D7"];
  let numbers = 0;

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    });
    node.append(...children);
    return node;
  }

  function labelled(label, input) {
    return make("label", { class: "peer__field" }, make("span", {}, label), input);
  }

  /* A text of `thing[name]`, short or long. */
  function text(label, thing, name, changed, rows) {
    const input = rows ? make("textarea", { rows, dir: "auto", "data-field": name }) : make("input", { dir: "auto", "data-field": name });
    input.value = thing[name] || "";
    input.addEventListener("input", () => {
      thing[name] = input.value;
      changed();
    });
    return labelled(label, input);
  }

  /* One of several values of `thing[name]`; a value that is not on the list is kept as it is. */
  function pick(label, thing, name, choices, changed) {
    const known = choices.some(([value]) => value === thing[name]);
    const all = known ? choices : choices.concat([[thing[name], thing[name]]]);
    const select = make("select", { "data-field": name }, ...all.map(([value, words]) => make("option", { value }, words)));
    select.value = thing[name] || "";
    select.addEventListener("change", () => {
      thing[name] = select.value;
      changed();
    });
    return labelled(label, select);
  }

  function act(label, name, does) {
    const node = make("button", { type: "button", class: "peer__action peer__action--quiet", "data-do": name }, label);
    node.addEventListener("click", does);
    return node;
  }

  /* Moves an entry of a list by one place; false at either end. */
  function move(list, from, by) {
    const to = from + by;
    if (to < 0 || to >= list.length) return false;
    list.splice(to, 0, ...list.splice(from, 1));
    return true;
  }

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
    const buttons = [
      act("Move up", "up", shift(-1, "up")),
      act("Move down", "down", shift(1, "down")),
      act("Remove", "remove", () => {
        item.options.splice(at, 1);
        on.redraw("[data-do='option']");
      }),
    ];
    buttons.forEach((each) => each.setAttribute("aria-label", each.textContent + ": answer " + (at + 1)));
    return make(
      "fieldset",
      { class: "peer__card", "data-answer": at },
      make("legend", {}, "Answer " + (at + 1)),
      text("Words", option, "text", on.changed, 2),
      make("label", { class: "peer__choice" }, right, make("span", {}, "This is right")),
      text("What choosing it teaches", option, "feedback", on.changed, 2),
      make("div", { class: "peer__row" }, ...buttons),
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
    const buttons = [act("Move up", "item-up", on.up), act("Move down", "item-down", on.down), act("Remove", "item-remove", on.remove)];
    buttons.forEach((each) => each.setAttribute("aria-label", each.textContent + ": question " + (at + 1)));
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
      make("div", { class: "peer__row" }, ...buttons),
    );
  }

  window.PeerFields = { fresh, make, move, question };
})();
