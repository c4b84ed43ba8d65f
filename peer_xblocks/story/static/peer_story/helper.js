/* The language helper beside a part: offers other words, says why in one line, and is silent when asked to be. */
(function () {
  "use strict";
  const { button, make, say } = window.PeerStoryDom;

  /* One offer a term: the first place it stands at. */
  function first(found) {
    const seen = new Set();
    return found.filter((each) => !seen.has(each.term) && seen.add(each.term));
  }

  /* `given`: {text, settings(), keep(settings), show(start, end)}; `settings` are {off, never: [term]}. */
  function helper(given) {
    const text = given.text;
    const summary = make("summary", {}, text.helper);
    const body = make("div", {});
    const node = make("details", { class: "peer__card peer-story__helper", hidden: true }, summary, body);
    let terms = null;
    let last = "";

    function change(settings) {
      given.keep({ ...given.settings(), ...settings });
      check(last);
      summary.focus();
    }

    function offer(flag, said) {
      const never = () => change({ never: given.settings().never.concat([flag.term]) });
      const row = make("div", { class: "peer__row" },
        button(text.where, () => given.show(flag.start, flag.end), true), button(text.never, never, true));
      const sentence = make("p", flag.level === "safety" ? { class: "peer__care" } : {}, say(text[flag.level], { said, offer: flag.offer }));
      return make("li", {}, sentence, make("p", { class: "peer__quiet" }, flag.why), row);
    }

    function offers(words) {
      const never = given.settings().never;
      const found = first(PeerLanguage.flags(words, terms.filter((each) => !never.includes(each.flag))));
      summary.textContent = found.length ? say(text.helper_count, { count: found.length }) : text.helper;
      const list = found.map((each) => offer(each, words.slice(each.start, each.end)));
      body.replaceChildren(
        make("p", { class: "peer__quiet" }, text.helper_how),
        list.length ? make("ul", { class: "peer__list" }, ...list) : make("p", {}, text.helper_none),
        button(text.helper_off, () => change({ off: true }), true),
      );
    }

    /* Looks at the words of a part. */
    function check(words) {
      last = words;
      node.hidden = !terms;
      if (!terms) return;
      if (!given.settings().off) {
        offers(words);
        return;
      }
      summary.textContent = text.helper;
      body.replaceChildren(button(text.helper_on, () => change({ off: false }), true));
    }

    function use(list) {
      terms = list;
      check(last);
    }

    return { node, check, use };
  }

  window.PeerStoryHelper = { helper };
})();
