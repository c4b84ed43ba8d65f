/* An exam from its start page to its result. The server's clock decides; the page only shows it. */
(function () {
  "use strict";
  const { button, heading, make, row, say } = window.PeerExamParts;
  const TICK = 1000;
  const POLL = 15000;

  function PeerExam(_runtime, element, args) {
    const root = Peer.node(element);
    const text = args.words;
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    const device = PeerExamKept.device(args.key + ":device");
    const clock = PeerExamClock.make();
    let sitting = null; /* {id, line, kept, paper}: while one is open */
    let hidden = false;
    let ending = false;
    let polled = 0;
    const touched = new Map();
    let view = "";
    let version = 0; /* of the deadline, as last told */

    /* -- what is shown -- */

    function show(node, focus) {
      part("stage").replaceChildren(node);
      const target = focus && node.querySelector(focus);
      if (target) target.focus();
    }

    function status(sentence) {
      if (part("status").textContent !== (sentence || "")) part("status").textContent = sentence || "";
    }

    function notice(sentence, ...more) {
      part("notice").replaceChildren(sentence || "", ...more);
    }

    function page(title, ...nodes) {
      return make("div", {}, heading(title), ...nodes.filter(Boolean));
    }

    function lines(...phrases) {
      return make("ul", { class: "peer-exam__lines" }, ...phrases.filter(Boolean).map((each) => make("li", {}, each)));
    }

    /* -- before -- */

    function rules(given, standing) {
      const attempt = given.attempts && say(text.attempt, { number: standing.number, attempts: given.attempts });
      return lines(
        say(text.length, given),
        given.longer && say(text.longer, given),
        given.practice && text.practice,
        text.free,
        text.saves,
        text.device,
        text.hidden,
        !given.practice && text.support,
        say(text.mark, given),
        given.trial > 0 && say(text.trial, given),
        standing.may && attempt,
        given.attempts && given.days > 0 && say(text.wait_rule, given),
      );
    }

    function startButton(state, label) {
      const node = button(label, async () => {
        node.setAttribute("disabled", "");
        status(text.starting);
        const sent = clock.ticks();
        const reply = await Peer.post(args.handlers.start, { device, client_id: Peer.newId() });
        status(reply.ok ? "" : reply.body.error || text.refused);
        node.removeAttribute("disabled");
        if (reply.ok) take(reply.body, sent, true);
      });
      return node;
    }

    function begin(state, focus) {
      const label = state.rules.practice ? text.practice_start : text.start;
      const go = state.standing.may ? row(startButton(state, label)) : make("p", {}, held(state.standing));
      show(page(text.expect, rules(state.rules, state.standing), go), focus && "h3");
    }

    function held(standing) {
      return standing.why === "wait" ? say(text.wait, standing) : text[standing.why] || text.refused;
    }

    /* -- after -- */

    function done(state, focus) {
      const result = state.result;
      const good = result.passed && !state.practice;
      const title = state.practice ? text.practice_done : good ? text.passed : text.not_yet;
      const phrase = state.practice ? text.practice_text : good ? text.passed_text : text.not_yet_text;
      const nodes = [
        state.state === "timed_out" ? make("p", { class: "peer__quiet" }, text.timed_out) : null,
        make("p", { class: good ? "peer__good" : "" }, say(phrase, result)),
        result.domains.length ? domains(result.domains) : null,
        next(state),
      ];
      show(page(title, ...nodes), focus && "h3");
    }

    function domains(found) {
      const cell = (each) => [make("th", { scope: "row" }, each.title), make("td", {}, each.said)];
      const rows = found.map((each) => make("tr", {}, ...cell(each)));
      return make("table", { class: "peer__table" }, make("caption", {}, text.domains), make("tbody", {}, ...rows));
    }

    function next(state) {
      if (state.result.passed && !state.practice) return make("p", {}, text.progress);
      const said = state.standing.may ? text.try_again : held(state.standing);
      const again = state.practice ? text.practice_start : text.again;
      const more = state.standing.may ? row(startButton(state, again)) : "";
      return make("div", {}, make("h4", {}, text.next_step), make("p", {}, state.practice ? "" : said), more);
    }

    /* -- during -- */

    function take(state, sent, focus) {
      view = state.kind;
      if (state.kind === "open") return open(state, sent, focus);
      close();
      if (state.kind === "start") begin(state, focus);
      else if (state.kind === "done") done(state, focus);
      else if (state.kind === "over") over(state.sitting);
      else show(make("p", {}, text.not_ready));
      return undefined;
    }

    function open(state, sent, focus) {
      close();
      ending = false;
      clock.anchor(state.clock, sent, clock.ticks(), true);
      version = state.clock.version;
      const urls = Object.fromEntries(Object.entries(args.sitting).map(([name, url]) => [name, url.replace(args.nobody, state.sitting)]));
      const kept = PeerExamKept.keep(args.key + ":" + state.sitting);
      const line = PeerExamLine.open(urls, kept, clock, device, { saved, kept: unsaved, refused });
      const answers = { ...state.answers };
      kept.all().forEach((each) => {
        answers[each.item] = each;
      });
      /* What was chosen while this reply was on its way is newer than it. */
      touched.forEach((each, item) => {
        if (each.at >= sent) answers[item] = each;
      });
      const paper = PeerExamPaper.open(state.questions, answers, text, args.part, {
        show,
        changed: (item, chosen, flagged) => {
          status(text.saving);
          touched.set(item, { chosen, flagged, at: clock.ticks() });
          line.put(item, chosen, flagged);
        },
        review: () => show(paper.list(), "h3"),
        hand_in: () => show(paper.sure(), "h3"),
        submit,
      });
      sitting = { id: state.sitting, kept, line, paper };
      timeBar();
      settle(state.clock, focus);
      if (kept.any()) line.flush();
    }

    function close() {
      if (sitting) sitting.line.close();
      sitting = null;
      part("time").replaceChildren();
      notice("");
      status("");
    }

    /* Questions while the time runs, a calm page while it rests. */
    function settle(told, focus) {
      view = told.running ? "running" : "paused";
      if (told.running) sitting.paper.go(sitting.paper.first());
      else show(page(text.paused, make("p", {}, text.paused_text)), focus && "h3");
      if (!focus && root.contains(document.activeElement)) document.activeElement.blur();
    }

    function saved(reply, message) {
      const at = sitting ? sitting.paper.number(message.item) : 0;
      if (reply.word === "late") status(text.late);
      else status(sitting && sitting.kept.any() ? text.saving : text.saved);
      if (reply.replaced) notice(say(text.replaced, { at }));
      heard(reply.clock);
    }

    function unsaved(reply) {
      status(reply.status === 401 || reply.status === 403 ? text.sign_in : text.kept);
    }

    function refused(reply) {
      status(reply.body.error || text.refused);
    }

    /* -- time -- */

    function timeBar() {
      const shown = make("span", { role: "timer", "aria-live": "off", "data-part": "left" });
      const toggle = button(text.hide, () => {
        hidden = !hidden;
        toggle.textContent = hidden ? text.show : text.hide;
        tick();
      }, true);
      toggle.classList.add("peer-exam__toggle");
      part("time").replaceChildren(shown, toggle);
      tick();
    }

    function tick() {
      if (!sitting) return;
      const left = clock.left();
      const shown = part("left");
      if (left === null || !shown) return;
      const words = hidden ? "" : say(text.left, { time: PeerExamClock.inWords(left, text.minutes) });
      if (shown.textContent !== words) shown.textContent = words;
      if (view !== "running") return;
      const alarm = clock.alarm(left);
      if (alarm && left > 0) notice({ 10: text.ten, 5: text.five, 1: text.last }[alarm]);
      if (left <= 0) over(sitting.id);
    }

    /* Every reply tells the time anew: more of it, a pause, the end. */
    function heard(told) {
      if (!sitting || !told) return;
      if (!told.open) {
        over(sitting.id);
        return;
      }
      const moved = told.version !== version;
      version = told.version;
      if (!moved) return;
      const left = clock.left();
      clock.forget(left);
      if ((view === "running") !== told.running) settle(told, true);
      else notice(say(text.moved, { time: PeerExamClock.inWords(left, text.minutes) }));
      tick();
    }

    async function poll() {
      if (!sitting) return;
      polled = clock.ticks();
      const asked = sitting.id;
      const reply = await sitting.line.ask("tick", { device });
      if (!sitting || sitting.id !== asked || !reply.ok) return;
      heard(reply.body.clock);
      if (reply.body.elsewhere && sitting) elsewhere();
    }

    function elsewhere() {
      if (part("notice").querySelector("button")) return;
      notice(text.elsewhere, row(button(text.here, fresh, true)));
    }

    /* Says that this device is here, and asks the time at once. */
    async function arrive() {
      const reply = await sitting.line.ask("look", { device, client_id: Peer.newId() });
      if (reply.ok) heard(reply.body.clock || { open: false });
    }

    /* The sitting as the server has it now, after what waits here was sent. */
    async function fresh() {
      if (!sitting) return;
      await sitting.line.flush();
      const sent = clock.ticks();
      const reply = await sitting.line.ask("look", { device, client_id: Peer.newId() });
      if (reply.ok) take(reply.body, sent, true);
    }

    /* -- the end -- */

    async function submit() {
      if (!sitting) return;
      status(text.handing);
      const { kept, line } = sitting;
      const all = kept.all();
      const sent = clock.ticks();
      const reply = await line.ask("submit", { answers: all, client_id: Peer.newId() });
      if (reply.ok) {
        all.forEach(kept.drop);
        take(reply.body, sent, true);
        told();
      } else status(reply.status === 0 || reply.status >= 500 ? text.kept : reply.body.error || text.refused);
    }

    /* Lets the course know the result; the server's sweep does it, too, if this never arrives. */
    function told() {
      Peer.post(args.handlers.state, {}, { keepalive: true });
    }

    /* The time is over: hand in what is here, again and again until the server has it. */
    async function over(id) {
      if (ending) return;
      ending = true;
      view = "over";
      show(page(text.over, make("p", {}, text.over_text)), "h3");
      const kept = PeerExamKept.keep(args.key + ":" + id);
      const url = args.sitting.submit.replace(args.nobody, id);
      const all = kept.all();
      const reply = await Peer.post(url, { answers: all, client_id: Peer.newId() });
      ending = false;
      if (reply.ok) {
        all.forEach(kept.drop);
        if (reply.body.kind === "open") take(reply.body, clock.ticks(), true);
        else if (reply.body.kind === "over") setTimeout(() => over(id), 3000);
        else {
          take(reply.body, 0, true);
          told();
        }
      } else {
        show(page(text.over, make("p", {}, text.over_kept)));
        setTimeout(() => over(id), 5000);
      }
    }

    /* -- what the device does -- */

    function woke() {
      if (document.visibilityState === "hidden") {
        if (sitting && sitting.kept.any()) sitting.line.flush({ keepalive: true });
      } else poll();
    }

    function beat() {
      if (!root.isConnected) {
        clearInterval(pulse);
        document.removeEventListener("visibilitychange", woke);
        window.removeEventListener("online", back);
        window.removeEventListener("pageshow", woke);
        return;
      }
      tick();
      if (sitting && (clock.jumped() || clock.ticks() - polled > POLL)) poll();
    }

    function back() {
      if (sitting) sitting.line.flush();
      poll();
    }

    const pulse = setInterval(beat, TICK);
    document.addEventListener("visibilitychange", woke);
    window.addEventListener("online", back);
    window.addEventListener("pageshow", woke);
    take(args.state, clock.ticks());
    if (sitting) arrive();
  }

  window.PeerExam = PeerExam;
})();
