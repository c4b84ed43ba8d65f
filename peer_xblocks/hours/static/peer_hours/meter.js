/* The meter of a module's page: notes when somebody is here, tells the server, shows what counted.
   `PeerMeter` holds what has no page in it; all its times are seconds. */
(function (root) {
  "use strict";

  const KEPT = 64;

  /* -- somebody is here: spans on the page's own steady clock ------------------------------------------------ */

  function presence(policy) {
    return { policy, visible: false, sign: null, open: null, tick: null, spans: [] };
  }

  function close(state, at) {
    if (state.open === null) return;
    if (at > state.open) state.spans = state.spans.concat([[state.open, at]]).slice(-KEPT);
    state.open = null;
  }

  /* The last second that counts: `present` after the last sign. */
  function until(state) {
    return state.sign === null ? -Infinity : state.sign + state.policy.present;
  }

  /* Looks again at `now`; a pause much longer than a beat was sleep, and nobody was here in it. */
  function look(state, now) {
    if (state.tick !== null && now - state.tick > 3 * state.policy.beat) {
      close(state, Math.min(state.tick, until(state)));
      state.sign = null;
    }
    state.tick = now;
    if (state.open !== null && (!state.visible || now > until(state))) close(state, Math.min(now, until(state)));
    if (state.open === null && state.visible && now <= until(state)) state.open = now;
  }

  function sign(state, now) {
    look(state, now);
    state.sign = now;
    look(state, now);
  }

  function show(state, visible, now) {
    look(state, now);
    state.visible = visible;
    look(state, now);
  }

  function mood(state, now) {
    if (!state.visible) return "paused";
    if (now > until(state)) return "idle";
    return now - state.sign >= state.policy.prompt ? "asking" : "counting";
  }

  function spans(state, now) {
    return state.open === null || now <= state.open ? state.spans : state.spans.concat([[state.open, now]]);
  }

  /* -- the server's time, known as well as one answer's journey tells ---------------------------------------- */

  const DRIFT = 0.0001;

  /* What an answer tells of the server's time; the one before is kept while it says the same and knows it better. */
  function synced(before, serverNow, sent, received) {
    const slack = (received - sent) / 2;
    const found = { ahead: serverNow + slack - received, slack, at: received };
    if (!before) return found;
    const known = before.slack + (received - before.at) * DRIFT;
    const agree = Math.abs(found.ahead - before.ahead) <= slack + known;
    return agree && known < slack ? { ahead: before.ahead, slack: known, at: received } : found;
  }

  /* What to claim: whole seconds of the server's time after `answered`, each span shorter by what is not known. */
  function claim(found, time, answered) {
    const claimed = [];
    for (const [start, end] of found) {
      const from = Math.max(Math.ceil(start + time.ahead + time.slack), answered);
      const to = Math.floor(end + time.ahead - time.slack);
      if (to > from) claimed.push([from, to]);
    }
    return claimed.slice(-KEPT);
  }

  /* The spans that end after what the server answered. */
  function unanswered(found, time, answered) {
    return found.filter((span) => span[1] + time.ahead > answered);
  }

  root.PeerMeter = { presence, look, sign, show, mood, spans, synced, claim, unanswered };
  if (!root.document) return;

  /* -- the page ---------------------------------------------------------------------------------------------- */

  /* How long the button stays after it was answered, so that it does not move away from under a finger. */
  const STAYS = 10;
  const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "focusin", "selectionchange", "touchstart", "input"];

  function start(node) {
    const given = JSON.parse(node.dataset.peerMeter);
    delete node.dataset.peerMeter;
    const state = presence(given);
    const part = (name) => node.querySelector(".peer-meter__" + name);
    const page = { seq: 0, answered: 0, time: null, busy: false, ended: false, trouble: "", full: false, why: [], asleep: false, asked: -Infinity, wall: Date.now(), steady: 0 };
    const steady = () => performance.now() / 1000;

    /* The steady clock may stop while a machine sleeps: then the server's time must be asked for again. */
    function slept(now) {
      const drift = (Date.now() - page.wall) / 1000 - (now - page.steady);
      page.wall = Date.now();
      page.steady = now;
      return Math.abs(drift) > given.beat;
    }

    function look_() {
      const now = steady();
      if (slept(now)) {
        show(state, false, state.tick === null ? now : state.tick);
        state.sign = null;
        state.spans = [];
        page.time = null;
        page.asleep = true;
        show(state, document.visibilityState === "visible", now);
      }
      look(state, now);
      return now;
    }

    async function send(leaving) {
      const now = look_();
      if (page.ended || page.full || (page.busy && !leaving)) return;
      const segments = page.time ? claim(spans(state, now), page.time, page.answered) : [];
      if (page.time && !segments.length) return;
      page.busy = true;
      page.seq += 1;
      const body = { lease: given.lease, seq: page.seq, segments };
      const gone = new AbortController();
      const timer = setTimeout(() => gone.abort(), given.beat * 1000);
      const answer = await root.Peer.post(given.url, body, { keepalive: leaving, signal: gone.signal });
      clearTimeout(timer);
      page.busy = false;
      if (answer.ok && typeof answer.body.server_now === "number") heard(answer.body, now, steady());
      else refused(answer);
      draw();
    }

    function heard(body, sent, received) {
      const first = !page.time;
      page.time = synced(page.time, body.server_now, sent, received);
      page.seq = Math.max(page.seq, body.seq);
      page.answered = Math.max(page.answered, body.acknowledged);
      page.trouble = "";
      page.full = body.total >= body.planned;
      state.spans = unanswered(state.spans, page.time, page.answered);
      part("bar").value = body.total;
      part("sum").textContent = body.sentence;
      if (!first) list(body.why);
    }

    function refused(answer) {
      page.trouble = answer.status === 0 ? given.words.offline : answer.body.error || given.words.trouble;
      page.ended = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
      if (page.ended && !answer.body.error) page.trouble = given.words.ended;
    }

    function list(sentences) {
      page.why = [...new Set([...sentences, ...page.why])].slice(0, 5);
      const items = page.why.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      });
      node.querySelector(".peer-meter__why ul").replaceChildren(...items);
    }

    function draw() {
      const now = mood(state, steady());
      const asking = !page.ended && !page.full && (now === "asking" || now === "idle");
      const said = page.trouble || (page.full ? given.words.full : given.words[now]);
      if (part("state").textContent !== said) part("state").textContent = said;
      if (asking) page.asked = steady();
      const settled = steady() - page.asked > STAYS && document.activeElement !== part("here");
      part("here").parentElement.hidden = !asking && settled;
    }

    /* The meter's own words change under a caret that was left in them; nobody did that. */
    function ours(event) {
      return event.type === "selectionchange" && node.contains(document.getSelection().anchorNode);
    }

    function noticed(event) {
      if (document.visibilityState !== "visible" || ours(event)) return;
      const before = mood(state, steady());
      look_();
      sign(state, steady());
      if (before !== "counting") draw();
    }

    function turned() {
      const visible = document.visibilityState === "visible";
      look_();
      if (visible) sign(state, steady());
      const leaving = state.visible && !visible;
      show(state, visible, steady());
      if (leaving) send(true);
      draw();
    }

    function left() {
      if (!state.visible) return;
      show(state, false, look_());
      send(true);
    }

    function tick() {
      look_();
      draw();
      if (page.asleep) {
        page.asleep = false;
        send(false);
      }
    }

    for (const name of SIGNS) document.addEventListener(name, noticed, { passive: true, capture: true });
    part("here").addEventListener("click", noticed);
    document.addEventListener("visibilitychange", turned);
    window.addEventListener("pagehide", left);
    window.addEventListener("pageshow", (event) => event.persisted && turned());
    window.addEventListener("online", () => send(false));
    setInterval(tick, 1000);
    setInterval(() => send(false), given.beat * 1000);
    page.full = given.total >= given.planned;
    page.steady = steady();
    turned();
    send(false);
  }

  function all() {
    document.querySelectorAll("[data-peer-meter]").forEach(start);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})(typeof window === "undefined" ? globalThis : window);
