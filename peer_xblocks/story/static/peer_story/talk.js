/* The figures of a talk while it is being written: the rules of pace.py and balance.py. One file of cases tests both. */
(function () {
  "use strict";
  const WORD = /[\p{L}\p{N}]/u;
  const EARLY = 0.3;
  const DEFAULT_PACE = 125;

  function count(text) {
    return text.split(/\s+/).filter((each) => WORD.test(each)).length;
  }

  function seconds(words, pace) {
    return Math.round((words * 60) / pace);
  }

  function length(plan, pace) {
    return Object.fromEntries(Object.entries(plan.length).map(([name, words]) => [name, Math.round((words * pace) / DEFAULT_PACE)]));
  }

  /* Both guides for a talk with so many words a part: {words, percent, share, size, length}. */
  function guides(plan, words, pace) {
    const of = (parts) => parts.reduce((sum, each) => sum + (words[each.id] || 0), 0);
    const whole = of(plan.parts);
    const hard = of(plan.parts.filter((each) => each.hard));
    const aim = length(plan, pace);
    const part = whole ? hard / whole : 0;
    const share = whole < EARLY * aim.least ? "early" : part > plan.guide + plan.room ? "more" : "near";
    const size = whole > aim.too_long ? "too_long" : whole > aim.long ? "long" : whole < aim.least ? "room" : "good";
    return { words: whole, percent: Math.round(100 * part), share, size, length: aim };
  }

  /* 75 → "1 min 15 s", 60 → "1 min", in the phrases of the page. */
  function time(given, text) {
    const whole = Math.max(0, Math.round(given));
    const values = { minutes: Math.floor(whole / 60), seconds: whole % 60 };
    return PeerStoryDom.say(whole < 60 ? text.only_seconds : whole % 60 ? text.minutes : text.only_minutes, values);
  }

  window.PeerTalk = { count, guides, seconds, time };
})();
