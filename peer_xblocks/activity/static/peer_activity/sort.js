/* A card sort: one card at a time into a pile by a button, its reason at once, kept on the device when the line is down. */
(function () {
  "use strict";
  const { button, make, say } = window.PeerParts;
  const { asked, feedback, others, overview, row } = window.PeerCards;
  const { final, keep, post, whenBack } = window.PeerKept;

  function PeerSort(_runtime, element, args) {
    const root = Peer.node(element);
    const text = args.words;
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    const kept = keep(args.key, "card");
    const begun = Date.now();
    let cards = [];
    let piles = [];
    let placed = new Map();
    let round = 1;
    let again = new Set();
    let later = [];
    let shown = "";
    let placing = false;
    let sending = false;

    function take(state) {
      cards = state.cards;
      piles = state.piles;
      placed = new Map(state.placed.map((each) => [each.card, each]));
      round = state.standing.round;
    }

    function tell(sentence) {
      part("status").textContent = sentence || "";
    }

    function stage(...nodes) {
      part("stage").replaceChildren(...nodes.filter(Boolean));
    }

    /* Still to place, without what waits to be sent; what was left for later comes last. */
    function open() {
      const waiting = kept.names();
      const left = cards.filter((card) => (!placed.has(card.id) || again.has(card.id)) && !waiting.has(card.id));
      return left.sort((one, other) => later.indexOf(one.id) - later.indexOf(other.id));
    }

    function progress() {
      const figures = { placed: placed.size, of: cards.length };
      part("progress").textContent = !cards.length ? "" : say(placed.size ? text.progress : text.begin, figures);
      const finished = part("stage").querySelector("[data-part='all']");
      const fold = part("so-far").firstElementChild;
      if (finished || !placed.size) return part("so-far").replaceChildren();
      const summary = make("summary", {}, say(text.so_far, figures));
      const folded = make("details", { class: "peer-sort__fold" }, summary, ...overview(cards, placed, piles, text, ask, "h3"));
      folded.open = Boolean(fold && fold.open);
      return part("so-far").replaceChildren(folded);
    }

    function ask(card, quietly) {
      if (kept.names().has(card.id)) return tell(text.kept);
      shown = card.id;
      if (placed.has(card.id)) again.add(card.id);
      tell("");
      const rest = open().filter((each) => each.id !== card.id);
      const place = say(text.place, { at: cards.indexOf(card) + 1, of: cards.length });
      const node = asked(card, place, piles, text, (pile) => put(card, pile));
      stage(node, rest.length ? row(button(text.later, () => leave(card), true)) : null, others(rest, text, ask));
      progress();
      if (quietly !== true) node.querySelector("legend").focus();
      return undefined;
    }

    function leave(card) {
      later = later.filter((each) => each !== card.id).concat([card.id]);
      go();
    }

    async function put(card, pile) {
      if (placing) return;
      placing = true;
      tell(text.saving);
      const sent = { card: card.id, digest: card.digest, pile: pile.id, round, client_id: Peer.newId() };
      const at = args.now + Math.floor((Date.now() - begun) / 1000);
      const reply = await post(args.handlers.place, sent);
      placing = false;
      if (reply.ok) await took(card, reply.body);
      else if (final(reply)) await refused(reply);
      else {
        again.delete(card.id);
        kept.add({ ...sent, at });
        wait();
      }
    }

    /* Takes over what the server says; where another tab went on meanwhile, all of it. */
    async function learn(body) {
      placed.set(body.placed.card, body.placed);
      again.delete(body.placed.card);
      later = later.filter((each) => each !== body.placed.card);
      if (body.standing.round === round && body.standing.placed === placed.size) return;
      const fresh = await Peer.post(args.handlers.look, {});
      if (fresh.ok) take(fresh.body);
    }

    async function took(card, body) {
      await learn(body);
      tell("");
      const said = feedback(card, body.placed, piles, text);
      const on = open().length || kept.any() ? text.next : text.finish;
      stage(said, row(button(on, go)));
      progress();
      said.querySelector("h3").focus();
    }

    function wait() {
      shown = "";
      const next = open().length ? button(text.next, go, true) : null;
      const buttons = row(button(text.retry, flush), next);
      stage(buttons);
      progress();
      tell(text.kept);
      buttons.firstElementChild.focus();
    }

    async function refused(reply) {
      const fresh = reply.status === 404 || reply.status === 409 ? await Peer.post(args.handlers.look, {}) : { ok: false };
      if (fresh.ok) {
        take(fresh.body);
        go();
      }
      tell(reply.body.error || text.refused);
    }

    async function flush() {
      if (sending || !kept.any()) return;
      sending = true;
      const idle = !shown;
      const through = await kept.send(args.handlers.place, (_sent, reply) => (reply.ok ? learn(reply.body) : refused(reply)));
      sending = false;
      progress();
      if (through && idle) go();
      tell(through ? text.sent : text.kept);
    }

    function go() {
      const next = open()[0];
      if (next) ask(next);
      else if (kept.any()) wait();
      else done();
    }

    function anew() {
      round += 1;
      placed = new Map();
      go();
    }

    function replace(which) {
      again = new Set(which);
      go();
    }

    function done(quietly) {
      shown = "";
      tell("");
      const astray = cards.filter((card) => !placed.get(card.id).fits).map((card) => card.id);
      const figures = { fits: cards.length - astray.length, of: cards.length };
      const heading = make("h3", { class: "peer__heading", tabindex: "-1", "data-part": "all" }, text.done_title);
      const said = make("p", { class: "peer__good" }, say(astray.length ? text.done : text.done_all, figures));
      const those = astray.length ? button(text.again_others, () => replace(astray)) : null;
      stage(heading, said, row(those, button(text.again_all, anew, true)), ...overview(cards, placed, piles, text, ask, "h4"));
      progress();
      if (quietly !== true) heading.focus();
    }

    function start() {
      if (!cards.length) stage(make("p", {}, text.empty));
      else if (open().length) ask(open()[0], true);
      else if (!kept.any()) done(true);
      progress();
    }

    take(args.state);
    start();
    flush();
    whenBack(root, flush);
  }

  window.PeerSort = PeerSort;
})();
