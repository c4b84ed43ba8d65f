/* The talk as a whole: how long it is, how much of it is the hard part, rehearsals so far, and what can be done with it. */
(function () {
  "use strict";
  const { button, make, moment, say } = window.PeerStoryDom;

  function planned(plan) {
    return plan.parts.reduce((sum, each) => sum + each.seconds, 0);
  }

  /* Length and balance, in sentences. */
  function figures(plan, words, pace, text) {
    const found = PeerTalk.guides(plan, words, pace.words);
    const whole = PeerTalk.time(planned(plan), text);
    const [counted, least, most] = [found.words, found.length.least, found.length.most].map((each) => each.toLocaleString(document.documentElement.lang || undefined));
    const values = { percent: found.percent, words: counted, least, most, pace: pace.words, planned: whole, time: PeerTalk.time(PeerTalk.seconds(found.words, pace.words), text) };
    return [text.whole_count, text["size_" + found.size], text["share_" + found.share], pace.measured ? text.pace_own : text.pace_assumed]
      .map((phrase, at) => make("p", at ? {} : { class: "peer-story__sum" }, say(phrase, values)));
  }

  /* Rehearsals as a list of bars, each with its number. */
  function trend(runs, plan, text) {
    if (!runs.length) return null;
    const longest = Math.max(planned(plan), ...runs.map((each) => each.total));
    const line = (each) => {
      const bar = make("span", {});
      bar.style.inlineSize = (100 * each.total) / longest + "%";
      const said = say(text.trend_line, { date: moment(each.at), time: PeerTalk.time(each.total, text) });
      return make("li", {}, make("span", {}, said), make("div", { class: "peer__bar", "aria-hidden": "true" }, bar));
    };
    return make("div", {}, make("h4", { class: "peer__heading" }, text.trend), make("ol", { class: "peer__list" }, ...runs.map(line)));
  }

  /* What a rehearsal showed: each part beside its plan. */
  function summary(plan, seconds, text) {
    const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
    const aim = planned(plan);
    const size = total > aim * 1.05 ? text.run_long : total < aim * 0.9 ? text.run_short : text.run_fits;
    const row = (each) => make("tr", {}, make("th", { scope: "row" }, each.title),
      make("td", {}, PeerTalk.time(each.seconds, text)), make("td", {}, PeerTalk.time(seconds[each.id] || 0, text)));
    const head = make("tr", {}, ...[text.col_part, text.col_planned, text.col_yours].map((each) => make("th", { scope: "col" }, each)));
    const heading = make("h3", { class: "peer__heading", tabindex: "-1" }, say(text.run_title, { time: PeerTalk.time(total, text) }));
    const table = make("table", { class: "peer__table" }, make("thead", {}, head), make("tbody", {}, ...plan.parts.map(row)));
    const nodes = [heading, make("p", { class: "peer__good" }, text.run_thanks),
      make("p", {}, say(size, { planned: PeerTalk.time(aim, text) })), make("div", { class: "peer__scroll", tabindex: "0", role: "region", "aria-label": text.col_yours }, table)];
    return { heading, nodes };
  }

  function privacy(text) {
    return make("details", { class: "peer__card" }, make("summary", {}, text.privacy),
      ...[text.privacy_1, text.privacy_2, text.privacy_3].map((each) => make("p", {}, each)));
  }

  /* Deletion: one question, in plain words, with a way out. */
  function deletion(text, days, does) {
    const node = make("details", { class: "peer__card" }, make("summary", {}, text.delete));
    const yes = button(text.delete_yes, () => does(), true);
    const no = button(text.delete_no, () => {
      node.open = false;
      node.querySelector("summary").focus();
    });
    yes.classList.add("peer-story__delete");
    node.append(make("p", {}, make("strong", {}, text.delete_ask)), make("p", {}, say(text.delete_how, { days })), make("div", { class: "peer__row" }, no, yes));
    return node;
  }

  /* The owner's own word that the story is ready; nobody else's. */
  function ready(state, plan, text, does) {
    if (state.done) return make("p", { class: "peer__good" }, text.done);
    const open = plan.parts.filter((each) => !state.words[each.id]).map((each) => each.title);
    return make("section", { class: "peer__card" }, make("h4", { class: "peer-story__small" }, text.ready_title),
      open.length ? make("p", { class: "peer__quiet" }, say(text.ready_open, { parts: open.join(", ") })) : null,
      make("p", {}, text.ready_how), button(text.ready, does, !state.main));
  }

  window.PeerStoryWhole = { deletion, figures, privacy, ready, summary, trend };
})();
