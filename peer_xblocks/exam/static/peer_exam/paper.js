/* The questions of a sitting: one at a time, in any order, each with its own answer and mark. */
(function () {
  "use strict";
  const { button, heading, make, row, say, words } = window.PeerExamParts;

  /* `on` hears: changed(item, chosen, flagged), review(). */
  function open(questions, answers, text, part, on) {
    let at = 0;
    const state = new Map(questions.map((each) => [each.id, answers[each.id] || { chosen: [], flagged: false }]));

    function one() {
      const question = questions[at];
      const mine = state.get(question.id);
      const legend = make(
        "legend",
        { tabindex: "-1" },
        make("span", { class: "peer-exam__place" }, say(text.place, { at: at + 1, of: questions.length })),
        words(question.stem),
        make("span", { class: "peer-exam__place" }, question.several ? text.several : text.one),
      );
      const name = part + "-" + question.id;
      const choices = question.options.map((option) => choice(question, option, mine, name));
      const flag = make("input", { type: "checkbox", checked: mine.flagged });
      const form = make(
        "form",
        { novalidate: true },
        make("fieldset", {}, legend, ...choices),
        make("label", { class: "peer-exam__flag" }, flag, text.flag),
        row(
          at > 0 ? button(text.back, () => go(at - 1), true) : null,
          make("button", { type: "submit", class: "peer__action" }, last() ? text.all : text.next),
          last() ? null : button(text.all, on.review, true),
        ),
      );
      const note = () => {
        const chosen = Array.from(form.querySelectorAll("fieldset input:checked"), (each) => each.value).sort();
        state.set(question.id, { chosen, flagged: flag.checked });
        on.changed(question.id, chosen, flag.checked);
      };
      form.addEventListener("change", note);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (last()) on.review();
        else go(at + 1);
      });
      return form;
    }

    function choice(question, option, mine, name) {
      const type = question.several ? "checkbox" : "radio";
      const input = make("input", { type, name, value: option.id, checked: mine.chosen.includes(option.id) });
      return make("label", { class: "peer__choice" }, input, words(option.text));
    }

    function last() {
      return at === questions.length - 1;
    }

    function go(to) {
      at = Math.max(0, Math.min(to, questions.length - 1));
      on.show(one(), "legend");
    }

    function open() {
      return questions.filter((each) => !state.get(each.id).chosen.length).length;
    }

    function list() {
      const rows = questions.map((each, index) => {
        const mine = state.get(each.id);
        const marks = [mine.chosen.length ? text.answered : text.open, ...(mine.flagged ? [text.flagged] : [])];
        const place = say(text.place, { at: index + 1, of: questions.length });
        const look = "peer-exam__go" + (mine.chosen.length ? "" : " peer-exam__go--open");
        const to = make("button", { type: "button", class: look }, make("span", {}, place), make("span", {}, marks.join(", ")));
        to.addEventListener("click", () => go(index));
        return make("li", {}, to);
      });
      const title = heading(text.review);
      const count = say(text.count, { answered: questions.length - open(), of: questions.length });
      return make("div", {}, title, make("p", {}, count), make("ol", { class: "peer-exam__list" }, ...rows), row(button(text.hand_in, on.hand_in)));
    }

    function sure() {
      const missing = open();
      const said = say(missing ? text.sure_open : text.sure_all, { open: missing, of: questions.length });
      return make("div", {}, heading(text.sure), make("p", {}, said), row(button(text.yes, on.submit), button(text.no, on.review, true)));
    }

    return {
      go,
      here: () => go(at),
      list,
      sure,
      set: (item, answer) => state.set(item, answer),
      number: (item) => questions.findIndex((each) => each.id === item) + 1,
      /* The first without an answer, or the first. */
      first: () => Math.max(0, questions.findIndex((each) => !state.get(each.id).chosen.length)),
    };
  }

  window.PeerExamPaper = { open };
})();
