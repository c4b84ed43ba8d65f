/* The parts of a card sort as DOM nodes. */
(function () {
  "use strict";
  const { button, make, say, words } = window.PeerParts;
  const SHORT = 90;

  /* The words of a card on one line, for a label. */
  function label(card) {
    const whole = words(card.text).textContent.trim().replace(/\s+/g, " ");
    return whole.length > SHORT ? whole.slice(0, SHORT - 1) + "…" : whole;
  }

  function row(...buttons) {
    return make("div", { class: "peer__row" }, ...buttons);
  }

  /* One card and a button for each pile; `place` is its line above ("Card 3 of 12"). */
  function asked(card, place, piles, text, put) {
    const legend = make(
      "legend",
      { tabindex: "-1" },
      make("span", { class: "peer-sort__place" }, place),
      words(card.text, "peer-sort__card"),
      make("span", { class: "peer-sort__place" }, text.where),
    );
    const buttons = piles.map((pile) => {
      const node = button(pile.text, () => put(pile));
      node.setAttribute("dir", "auto");
      return node;
    });
    return make("fieldset", { class: "peer-sort__asked" }, legend, make("div", { class: "peer-sort__piles" }, ...buttons));
  }

  /* The other cards that are still to place, folded away. */
  function others(cards, text, pick) {
    if (!cards.length) return null;
    const list = make("ul", { class: "peer__list" });
    cards.forEach((card) => {
      const node = button(label(card), () => pick(card), true);
      node.setAttribute("dir", "auto");
      node.classList.add("peer-sort__pick");
      list.append(make("li", {}, node));
    });
    const summary = make("summary", {}, say(text.choose, { left: cards.length }));
    return make("details", { class: "peer-sort__fold" }, summary, list);
  }

  function named(title, ids, piles) {
    const list = piles.filter((pile) => ids.includes(pile.id));
    return make("p", { dir: "auto" }, make("strong", {}, title + ": "), list.map((pile) => pile.text).join("; "));
  }

  function title(placed, text) {
    if (!placed.fits) return text.elsewhere;
    return placed.homes.length > 1 ? text.depends : text.fits;
  }

  function homes(placed, piles, text) {
    if (!placed.fits) return placed.homes.length ? named(placed.homes.length > 1 ? text.belongs_any : text.belongs, placed.homes, piles) : null;
    const also = placed.homes.filter((each) => each !== placed.pile);
    return also.length ? named(text.belongs_also, also, piles) : null;
  }

  function why(placed, text) {
    return placed.why ? make("div", { class: "peer-sort__why" }, make("strong", {}, text.why), words(placed.why)) : null;
  }

  /* What placing a card brought; the heading takes the focus. */
  function feedback(card, placed, piles, text) {
    const mark = placed.fits ? "peer__good" : "peer__care";
    return make(
      "div",
      { "data-part": "feedback" },
      make("h3", { class: "peer__heading " + mark, tabindex: "-1" }, title(placed, text)),
      words(card.text, "peer-sort__card"),
      named(text.you_put, [placed.pile], piles),
      homes(placed, piles, text),
      why(placed, text),
    );
  }

  function mark(placed, piles, text) {
    if (placed.fits) return placed.homes.length > 1 ? text.mark_depends : text.mark_fits;
    const list = piles.filter((pile) => placed.homes.includes(pile.id));
    return list.length ? say(text.mark_elsewhere, { piles: list.map((pile) => pile.text).join("; ") }) : "";
  }

  function entry(card, placed, piles, text, again) {
    const once = button(text.again_one, () => again(card), true);
    once.setAttribute("aria-label", say(text.again_one_of, { card: label(card) }));
    const tone = placed.fits ? "peer-sort__mark" : "peer-sort__mark peer-sort__mark--care";
    return make(
      "li",
      {},
      words(card.text, "peer-sort__card"),
      make("p", { class: tone, dir: "auto" }, mark(placed, piles, text)),
      why(placed, text),
      once,
    );
  }

  /* Every pile with the cards that were put into it; `heading` is "h3" or "h4". */
  function overview(cards, placed, piles, text, again, heading) {
    return piles.map((pile) => {
      const here = cards.filter((card) => placed.has(card.id) && placed.get(card.id).pile === pile.id);
      const list = make("ul", { class: "peer__list" }, ...here.map((card) => entry(card, placed.get(card.id), piles, text, again)));
      const empty = make("p", { class: "peer__quiet" }, text.empty_pile);
      return make("div", { class: "peer__card" }, make(heading, { class: "peer-sort__pile", dir: "auto" }, pile.text), here.length ? list : empty);
    });
  }

  window.PeerCards = { asked, feedback, others, overview, row };
})();
