/* A knowledge check: asks one question at a time, shows what an answer teaches, keeps an answer when the line is down. */
(function () {
  "use strict";
  const { button, make, say } = window.PeerParts;
  const { chosen, feedback, form, review } = window.PeerQuestion;
  const { final, keep, post, whenBack } = window.PeerKept;

  function PeerCheck(_runtime, element, args) {
    const root = Peer.node(element);
    const text = args.words;
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    const kept = keep(args.key, "item");
    const begun = Date.now();
    let questions = new Map();
    let learned = new Map();
    let standing = args.state.standing;
    let shown = "";
    let busy = false;

    function take(state) {
      questions = new Map(state.questions.map((each) => [each.id, each]));
      learned = new Map(state.learned.map((each) => [each.id, each]));
      standing = state.standing;
    }

    function tell(sentence) {
      part("status").textContent = sentence || "";
    }

    function stage(...nodes) {
      part("stage").replaceChildren(...nodes.filter(Boolean));
    }

    function progress() {
      part("progress").textContent = !standing.of ? "" : say(standing.begun ? text.progress : text.begin, standing);
    }

    function focus(node) {
      if (node) node.focus();
    }

    /* Still to ask in this round, without what waits to be sent. */
    function left() {
      const waiting = kept.names();
      return standing.open.filter((id) => questions.has(id) && !waiting.has(id));
    }

    function ask(id, quietly) {
      const question = questions.get(id);
      shown = id;
      tell("");
      const phrase = standing.asked.length === standing.of ? text.place : text.again_place;
      const place = { at: standing.asked.indexOf(id) + 1, of: standing.asked.length };
      const node = form(question, say(phrase, place), text, args.part);
      node.addEventListener("submit", (event) => {
        event.preventDefault();
        check(node, question);
      });
      stage(node);
      if (!quietly) focus(node.querySelector("legend"));
    }

    async function check(node, question) {
      const picked = chosen(node);
      if (busy) return;
      if (!picked.length) {
        tell(text.choose);
        focus(node.querySelector("input"));
        return;
      }
      busy = true;
      tell(text.saving);
      const answer = { item: question.id, digest: question.digest, chosen: picked, client_id: Peer.newId() };
      const at = args.now + Math.floor((Date.now() - begun) / 1000);
      const reply = await post(args.handlers.answer, answer);
      busy = false;
      if (reply.ok) answered(reply.body, node);
      else if (final(reply)) refused(reply);
      else {
        kept.add({ ...answer, at });
        close(node);
        wait(node);
      }
    }

    function close(node) {
      node.querySelectorAll("input").forEach((input) => input.setAttribute("disabled", ""));
      node.querySelector('[data-part="buttons"]').replaceChildren();
    }

    function learn(result) {
      standing = result.standing;
      if (result.learned) {
        learned.set(result.learned.id, result.learned);
        questions.delete(result.learned.id);
      }
      progress();
    }

    function answered(result, node) {
      learn(result);
      close(node);
      tell("");
      const old = root.querySelector('[data-part="feedback"]');
      if (old) old.remove();
      const said = feedback(result, text);
      node.querySelector('[data-part="buttons"]').remove();
      node.append(said, make("div", { class: "peer__row" }, button(text.on, go)));
      focus(said.querySelector("h3"));
    }

    function wait(node) {
      tell(text.kept);
      const row = node.querySelector('[data-part="buttons"]');
      row.replaceChildren(button(text.retry, flush));
      if (left().length) row.append(button(text.on, go, true));
      focus(row.firstElementChild);
    }

    async function refused(reply) {
      const fresh = await Peer.post(args.handlers.look, {});
      if (fresh.ok && (reply.status === 404 || reply.status === 409)) {
        take(fresh.body);
        begin();
      }
      tell(reply.body.error || text.refused);
    }

    async function flush() {
      if (busy || !kept.any()) return;
      busy = true;
      const through = await kept.send(args.handlers.answer, sent);
      busy = false;
      if (!through) tell(text.kept);
    }

    async function sent(answer, reply) {
      const node = root.querySelector("form");
      if (!reply.ok) return refused(reply);
      if (shown === answer.item && node) answered(reply.body, node);
      else learn(reply.body);
      tell(text.sent);
      return shown || go();
    }

    function go() {
      const next = left()[0];
      if (next) ask(next);
      else if (kept.any()) tell(text.kept);
      else if (standing.passed) done();
      else between();
    }

    function another() {
      const open = standing.open.length ? standing.open : standing.again;
      standing = { ...standing, open, asked: standing.open.length ? standing.asked : standing.again };
      go();
    }

    function end(title, ...nodes) {
      shown = "";
      tell("");
      const heading = make("h3", { class: "peer__heading", tabindex: "-1" }, title);
      stage(heading, ...nodes);
      return heading;
    }

    function between(quietly) {
      const row = make("div", { class: "peer__row" }, button(text.others, another));
      const heading = end(text.between_title, make("p", {}, say(text.between, standing)), row);
      if (!quietly) focus(heading);
    }

    function done(quietly) {
      const all = standing.right === standing.of;
      const said = make("p", { class: "peer__good" }, all ? say(text.done_all, standing) : say(text.done, standing));
      const others = () => make("div", { class: "peer__row" }, button(text.others, another, true));
      const more = all ? [] : [make("p", {}, text.more), others()];
      const heading = end(text.done_title, said, review(Array.from(learned.values()), text), ...more);
      if (!quietly) focus(heading);
    }

    function begin() {
      progress();
      if (!standing.of) stage(make("p", {}, text.empty));
      else if (standing.passed) done(true);
      else if (left().length) ask(left()[0], true);
      else if (kept.any()) stage(make("div", { class: "peer__row" }, button(text.retry, flush)));
      else between(true);
    }

    take(args.state);
    begin();
    if (kept.any()) flush();
    whenBack(root, flush);
  }

  window.PeerCheck = PeerCheck;
})();
