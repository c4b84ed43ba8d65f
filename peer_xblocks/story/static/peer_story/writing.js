/* One part being written: its prompt, its words, what the site has of it, and two versions where there are two. */
(function () {
  "use strict";
  const { button, make, moment, say, toggle } = window.PeerStoryDom;
  const LOOK = 400;
  const liked = { spelling: false };

  /* `given`: {text, part, place, pace, saving, helper, id, earlier(), changed()}. */
  function writing(given) {
    const { text, part, saving } = given;
    const state = () => saving.part(part.id);
    let shown = "";
    let timer = 0;

    const heading = make("h3", { class: "peer__heading", tabindex: "-1" }, given.place);
    const area = make("textarea", { id: given.id, rows: "9", dir: "auto", autocomplete: "off", spellcheck: "false",
      "data-gramm": "false", writingsuggestions: "false", "aria-describedby": given.id + "-prompt " + given.id + "-figures" });
    const figures = make("p", { class: "peer-story__figures", id: given.id + "-figures" });
    const saved = make("p", { class: "peer-story__saved", "data-part": "saved" });
    const two = make("div", { "data-part": "two" });
    const prompt = make("div", { id: given.id + "-prompt" }, make("p", { class: "peer-story__prompt" }, part.prompt),
      part.hint ? make("p", { class: "peer__quiet" }, part.hint) : null,
      part.seconds ? make("p", { class: "peer__quiet" }, guide()) : null,
      part.hard ? make("p", { class: "peer__quiet" }, text.weight) : null);
    const node = make("div", {}, heading, prompt, two,
      make("label", { class: "peer__field" }, make("span", {}, text.yours), area),
      make("div", { class: "peer-story__under" }, saved, figures), given.buttons, given.helper.node, earlier(),
      toggle(text.spelling, liked.spelling, (on) => {
        liked.spelling = on;
        area.spellcheck = on;
      }), make("p", { class: "peer__quiet" }, text.spelling_why));

    area.spellcheck = liked.spelling;
    area.value = state().text;
    area.addEventListener("input", () => {
      saving.write(part.id, area.value);
      count();
      clearTimeout(timer);
      timer = setTimeout(() => given.helper.check(area.value), LOOK);
      given.changed();
    });

    function guide() {
      const words = Math.round((part.seconds * given.pace.words) / 60);
      return say(text.seconds_guide, { time: PeerTalk.time(part.seconds, text), words });
    }

    function count() {
      const words = PeerTalk.count(area.value);
      const values = { words, time: PeerTalk.time(PeerTalk.seconds(words, given.pace.words), text), planned: PeerTalk.time(part.seconds, text) };
      figures.textContent = words ? say(part.seconds ? text.count_of : text.count, values) : "";
    }

    /* A version that stands beside this one, with its words. */
    function version(one, label, words) {
      const body = make("p", { class: "peer-story__version", dir: "auto" }, words);
      return make("div", { class: "peer__card" }, make("strong", {}, label), body, button(text.use, () => settle(words), true));
    }

    function settle(words) {
      saving.replace(part.id, words);
      area.value = words;
      count();
      area.focus();
    }

    function beside() {
      const now = state();
      const readable = now.beside.filter((one) => one.text !== null);
      const marks = now.beside.map((one) => one.mark).join();
      if (marks === shown) return;
      shown = marks;
      const parts = [];
      if (readable.length < now.beside.length) parts.push(make("p", { class: "peer__care" }, text.closed));
      if (readable.length) {
        const both = () => settle([...readable.map((one) => one.text), area.value].filter((each) => each.trim()).join("\n\n"));
        parts.push(make("p", { class: "peer__care" }, text.two), make("p", {}, text.two_help),
          ...readable.map((one) => version(one, say(text.two_there, { time: moment(one.at) }), one.text)),
          here(), make("div", { class: "peer__row" }, button(text.both, both)));
      }
      two.replaceChildren(...parts);
    }

    function here() {
      return make("div", { class: "peer__card" }, make("strong", {}, text.two_here), make("p", {}, button(text.use, () => settle(area.value), true)));
    }

    function earlier() {
      const body = make("div", {});
      const details = make("details", { class: "peer__card" }, make("summary", {}, text.earlier), body);
      details.addEventListener("toggle", async () => {
        if (!details.open) return;
        const found = await given.earlier();
        const rows = found.filter((one) => one.text !== null).map((one) => old(one, details));
        body.replaceChildren(...(rows.length ? rows : [make("p", { class: "peer__quiet" }, text.earlier_none)]));
      });
      return details;
    }

    function old(one, details) {
      const bring = () => {
        settle(one.text);
        details.open = false;
        given.say(text.brought);
      };
      const label = say(text.earlier_at, { time: moment(one.at), words: PeerTalk.count(one.text) });
      return make("div", { class: "peer__card" }, make("strong", {}, label),
        make("p", { class: "peer-story__version", dir: "auto" }, one.text), button(text.bring, bring, true));
    }

    /* What the site has of this part has changed. */
    function refresh() {
      const now = state();
      const untouched = now.state === "saved" && !now.base.length;
      saved.textContent = untouched ? text.begin_saving : now.error || text[now.state === "waiting" ? "saving" : now.state];
      saved.dataset.state = untouched ? "none" : now.state;
      if (!now.dirty && area.value !== now.text) {
        area.value = now.text;
        count();
      }
      beside();
    }

    function select(start, end) {
      area.focus();
      area.setSelectionRange(start, end);
    }

    count();
    refresh();
    given.helper.check(area.value);
    return { node, heading, refresh, select };
  }

  window.PeerStoryWriting = { writing };
})();
