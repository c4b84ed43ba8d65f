/* Wording that names a person by a condition, and what could be said instead: the rules of language.py, in the browser,
   so that a text need not leave it. One file of cases tests both. */
(function () {
  "use strict";
  /* Letters, digits and _ of every script, as ranges: `\p{L}` says it better and makes each pattern several times dearer. */
  const W = "\\w\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02c1\\u0370-\\u0373\\u0376-\\u037d\\u0386-\\u0481\\u048a-\\u0588\\u05d0-\\u05f2" +
    "\\u0620-\\u064a\\u0660-\\u0669\\u066e-\\u06d3\\u06ee-\\u06fc\\u0710-\\u0963\\u0966-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff";
  const NOT_AFTER = "(?<![" + W + "])";
  const NOT_BEFORE = "(?![" + W + "])";

  const QUOTED = new RegExp("[\"“][^\"“”\\n]*[\"”]|" + NOT_AFTER + "[‘'][^‘’'\\n]*[’']" + NOT_BEFORE, "gu");
  const HEARD = new RegExp(
    NOT_AFTER + "(?:call(?:s|ed)?|said|says?|hear|heard|label(?:s|l?ed)?|words?|names?|told|shout[" + W + "]*|wrote|stigma)" + NOT_BEFORE, "iu");
  const NAME = new RegExp(
    NOT_AFTER + "[A-Z][a-z’']+(?:(?:\\s+(?:of|and|for|the|in|to|on|with))*[\\s-]+[A-Z][a-z’']+)+", "gu");
  const OWN = new RegExp(
    NOT_AFTER + "(?:I|we|myself|ourselves)(?:['’](?:m|re|ve|d))?" +
    "(?:\\s+(?:am|was|were|are|have|had|been|be|being|a|an|the|as|once|also|still|just|really|used|to)){0,5}\\s*$", "iu");
  const AS_ONE = new RegExp(NOT_AFTER + "as\\s+(?:an?\\s+)?$", "iu");
  const SPEAKER = new RegExp("^[^" + W + "]*" + NOT_AFTER + "(?:I|we)" + NOT_BEFORE, "iu");
  const TOKEN = new RegExp("[" + W + "]+", "gu");
  const PLAIN = new RegExp("^[" + W + "]+$", "u");

  const patterns = new Map();

  function escaped(word) {
    return word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  }

  /* A phrase of the list, in small letters: its pattern of whole words, and for each word that must be there its
     alternatives. The pattern is made when it is first needed: most never are, and each costs a millisecond. */
  function pattern(phrase) {
    if (patterns.has(phrase)) return patterns.get(phrase);
    let made = "";
    let begun = false;
    const needed = [];
    phrase.toLowerCase().split(/\s+/).filter(Boolean).forEach((word) => {
      const optional = word.endsWith("?");
      const choices = word.replace(/\?+$/, "").split("|");
      const either = choices.map((each) => (each === "*" ? "[" + W + "’']+" : escaped(each))).join("|");
      if (!optional && choices.every((each) => PLAIN.test(each))) needed.push(choices);
      if (begun) made += "(?:[\\s-]+(?:" + either + "))" + (optional ? "?" : "");
      else {
        made += optional ? "(?:(?:" + either + ")[\\s-]+)?" : "(?:" + either + ")";
        begun = !optional;
      }
    });
    const whole = { needed, source: "(?<![" + W + "-])" + made + "(?![" + W + "-])", found: null };
    patterns.set(phrase, whole);
    return whole;
  }

  /* Where the phrases stand in a text in small letters. `there` are its words. */
  function spans(phrases, small, there) {
    const found = [];
    phrases.forEach((phrase) => {
      const each = pattern(phrase);
      if (!each.needed.every((choices) => choices.some((word) => there.has(word)))) return;
      each.found = each.found || new RegExp(each.source, "gu");
      for (const match of small.matchAll(each.found)) found.push([match.index, match.index + match[0].length]);
    });
    return found;
  }

  /* Small letters without a change of length, so that places in it are places in the text. */
  function lowered(text) {
    const small = text.toLowerCase();
    return small.length === text.length ? small : text.replace(/[A-Z]/g, (each) => each.toLowerCase());
  }

  function own(text, start, end) {
    const before = text.slice(Math.max(0, start - 60), start);
    return OWN.test(before) || (AS_ONE.test(before) && SPEAKER.test(text.slice(end, end + 10)));
  }

  /* The words around a quotation, without the quotation itself. */
  function sentence(text, start, end) {
    const before = text.slice(Math.max(0, start - 80), start).split(/[.!?\n]\s/).pop();
    return before + " … " + text.slice(end, end + 60).split(/[.!?\n]/)[0];
  }

  function shielded(text) {
    const kept = [];
    for (const match of text.matchAll(QUOTED)) {
      const end = match.index + match[0].length;
      if (HEARD.test(sentence(text, match.index, end))) kept.push([match.index, end]);
    }
    for (const match of text.matchAll(NAME)) kept.push([match.index, match.index + match[0].length]);
    return kept;
  }

  function of(term, text, small, there) {
    const found = spans(term.forms, small, there);
    if (!found.length) return [];
    const guarded = spans(term.unless, small, there);
    const softer = spans(term.softer, small, there);
    return found
      .filter(([start, end]) => !guarded.some(([low, high]) => low < end && start < high))
      .map(([start, end]) => {
        const soft = softer.some(([low, high]) => low === start && high === end) || (term.level === "offer" && own(text, start, end));
        return { term: term.flag, offer: term.offer, start, end, level: soft ? "information" : term.level, why: term.why };
      });
  }

  /* What the list would say otherwise in a text, in order and without overlap; the longest words win. */
  function flags(text, terms) {
    const small = lowered(text);
    const there = new Set(small.match(TOKEN) || []);
    const found = terms.flatMap((term) => of(term, text, small, there));
    if (!found.length) return [];
    const kept = shielded(text);
    const open = found.filter((each) => !kept.some(([low, high]) => low <= each.start && each.end <= high));
    open.sort((one, other) => one.start - one.end - (other.start - other.end) || one.start - other.start);
    const apart = [];
    open.forEach((each) => {
      if (!apart.some((other) => other.start < each.end && each.start < other.end)) apart.push(each);
    });
    return apart.sort((one, other) => one.start - other.start);
  }

  window.PeerLanguage = { flags };
})();
