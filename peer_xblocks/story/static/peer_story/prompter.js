/* Rehearsal: the words in large type, one part after the other, with a quiet timer that can be hidden. */
(function () {
  "use strict";
  const { button, make, say, toggle } = window.PeerStoryDom;
  const TICK = 250;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const liked = { timer: true, large: false, scroll: false };

  /* `given`: {text, kind, parts: [{id, title, seconds, words, text}], pace, ended(seconds by part), left()}. */
  function prompter(given) {
    const text = given.text;
    const talk = given.kind === "talk";
    const spent = given.parts.map(() => 0);
    let at = 0;
    let running = false;
    let begun = false;
    let since = 0;
    let clock = 0;

    const heading = make("h3", { class: "peer__heading", tabindex: "-1" });
    const place = make("p", { class: "peer__quiet" });
    const words = make("div", { class: "peer-story__prompter", tabindex: "0", role: "region", dir: "auto" });
    const timer = make("p", { class: "peer-story__timer", role: "timer", "aria-live": "off" });
    const go = make("button", { type: "button", class: "peer__action" });
    const pause = button(text.pause, hold, true);
    const stop = button(text.stop, leave, true);
    const node = make("div", {}, heading, place, make("p", {}, talk ? text.rehearse_how : text.reading_how), words, timer,
      make("div", { class: "peer__row" }, go, pause, stop), choices());
    go.addEventListener("click", forward);

    function choices() {
      const large = (on) => words.classList.toggle("peer-story__prompter--large", (liked.large = on));
      const list = [
        toggle(text.hide_timer, !liked.timer, (on) => {
          liked.timer = !on;
          timer.hidden = on;
        }),
        toggle(text.larger, liked.large, large),
      ];
      if (!still.matches) list.push(toggle(text.scroll, liked.scroll, (on) => (liked.scroll = on)));
      large(liked.large);
      timer.hidden = !liked.timer;
      return make("div", {}, ...list);
    }

    function show() {
      const part = given.parts[at];
      heading.textContent = say(text.rehearse_title, { title: part.title });
      place.textContent = talk ? say(text.rehearse_place, { at: at + 1, of: given.parts.length }) : "";
      words.setAttribute("aria-label", part.title);
      words.textContent = part.text.trim() || text.empty_part;
      words.classList.toggle("peer__quiet", !part.text.trim());
      words.scrollTop = 0;
      label();
      tell();
    }

    function label() {
      const last = at === given.parts.length - 1;
      go.textContent = !begun ? text.begin : !last ? text.next : talk ? text.finish_talk : text.finish;
      pause.textContent = running || !begun ? text.pause : text.resume;
      pause.hidden = !begun;
    }

    function now() {
      return spent[at] + (running ? (Date.now() - since) / 1000 : 0);
    }

    function tell() {
      const part = given.parts[at];
      const values = { spent: PeerTalk.time(now(), text), planned: PeerTalk.time(part.seconds, text) };
      const over = part.seconds && now() > part.seconds + 5;
      timer.textContent = say(!talk || !part.seconds ? text.timer_plain : over ? text.timer_over : text.timer, values);
    }

    /* The words move on at the reader's pace, in steps too small to be seen as jumps. */
    function roll() {
      const part = given.parts[at];
      const planned = PeerTalk.seconds(part.words, given.pace) || 1;
      const room = words.scrollHeight - words.clientHeight;
      if (liked.scroll && !still.matches && room > 0) words.scrollTop = Math.max(words.scrollTop, room * Math.min(1, now() / planned));
    }

    function tick() {
      if (!node.isConnected) clearInterval(clock);
      else if (running) {
        tell();
        roll();
      }
    }

    function count() {
      spent[at] = now();
      since = Date.now();
    }

    function hold() {
      count();
      running = !running;
      label();
    }

    function forward() {
      if (!begun) {
        begun = running = true;
        since = Date.now();
        clock = setInterval(tick, TICK);
        label();
      } else {
        count();
        running = true;
        if (at === given.parts.length - 1) end();
        else {
          at += 1;
          show();
        }
      }
    }

    function end() {
      clearInterval(clock);
      given.ended(Object.fromEntries(given.parts.map((part, number) => [part.id, Math.round(spent[number])])));
    }

    function leave() {
      clearInterval(clock);
      given.left();
    }

    show();
    return { node, heading };
  }

  window.PeerStoryPrompter = { prompter };
})();
