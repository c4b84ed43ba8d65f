/* The server's clock, estimated. Counting rests on performance.now(), which no change of the device's clock moves;
   the server alone decides. */
(function () {
  "use strict";
  const ALARMS = [10, 5, 1];
  const MINUTE = 60000;
  const DRIFT = 2000;
  const SLACK = 50;

  function make(now, date) {
    const ticks = now || (() => performance.now());
    const dates = date || (() => Date.now());
    let offset = 0;
    let best = Infinity;
    let apart = dates() - ticks();
    let told = null;
    const said = new Set();

    return {
      /* A reply of the server: asked at `sent` ticks, here at `got`. The shortest journey is believed most, until one
         contradicts it by more than its own length: then a clock was moved. */
      anchor: (reply, sent, got, force) => {
        told = reply;
        const journey = got - sent;
        const fresh = reply.server_now + journey / 2 - got;
        if (force || journey <= best || Math.abs(fresh - offset) > journey / 2 + SLACK) {
          best = journey;
          offset = fresh;
        }
      },
      server: () => offset + ticks(),
      ticks,
      told: () => told,
      left: () => (told && told.deadline !== null ? told.deadline - (offset + ticks()) : null),
      since: () => (told && told.started !== null ? Math.max(0, Math.round(offset + ticks() - told.started)) : 0),
      /* Whether the device slept or its clock was set: then the estimate is worth nothing until the next reply. */
      jumped: () => {
        const apartNow = dates() - ticks();
        const jump = Math.abs(apartNow - apart) > DRIFT;
        apart = apartNow;
        if (jump) best = Infinity;
        return jump;
      },
      /* 10, 5 or 1 once each, when that many minutes are left. */
      alarm: (left) => {
        const due = ALARMS.filter((each) => left <= each * MINUTE && !said.has(each));
        due.forEach((each) => said.add(each));
        return due.length ? due[due.length - 1] : 0;
      },
      /* Time was added: what was said before may be said again. */
      forget: (left) => ALARMS.forEach((each) => left > each * MINUTE && said.delete(each)),
    };
  }

  /* 2400000 → "40 min"; the last minute counts seconds. */
  function inWords(left, phrase) {
    const whole = Math.max(0, Math.ceil(left / 1000));
    if (whole > 60) return phrase.replace("{minutes}", String(Math.ceil(whole / 60)));
    return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  }

  window.PeerExamClock = { inWords, make };
})();
