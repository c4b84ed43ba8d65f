/* Runs: the talk or a piece of it read aloud; times go to the site, or wait on the device until they can. */
(function () {
  "use strict";
  const { button, make, say } = window.PeerStoryDom;
  const { summary, trend } = window.PeerStoryWhole;
  const ENOUGH = 100;

  /* `page`: {args, state(), kept(), words(id), show(nodes), whole(), doubt()}. */
  function rehearsal(page) {
    const text = page.args.words;
    const plan = page.args.plan;

    /* What is read aloud: the whole talk; to measure the pace, one part that is long enough, or a text of ours. */
    function spoken(kind) {
      const all = plan.parts.map((each) => ({ ...each, text: page.words(each.id) }));
      const long = all.find((each) => PeerTalk.count(each.text) >= ENOUGH);
      const chosen = kind === "talk" ? all : [long || { ...all[0], title: text.reading, text: text.reading_text }];
      return chosen.map((each) => ({ ...each, words: PeerTalk.count(each.text) }));
    }

    function start(kind) {
      const parts = spoken(kind);
      const ended = (seconds) => end(kind, parts, seconds);
      const made = PeerStoryPrompter.prompter({ text, kind, parts, pace: page.state().pace.words, left: page.whole, ended });
      page.show(made.node);
      made.heading.focus();
    }

    async function end(kind, parts, seconds) {
      const words = Object.fromEntries(parts.map((each) => [each.id, each.words]));
      const run = { kind, seconds, words, client_id: Peer.newId() };
      await page.kept().put("run:" + run.client_id, run);
      const sent = await send(run);
      if (!page.state()) return;
      if (kind === "reading") page.whole();
      else result(seconds, sent);
    }

    function result(seconds, sent) {
      const { pace, runs } = page.state();
      const made = summary(plan, seconds, text);
      page.show(...made.nodes,
        pace.measured ? make("p", {}, say(text.pace_own, { pace: pace.words })) : null,
        sent ? null : make("p", { class: "peer__care" }, text.run_kept),
        trend(runs, plan, text),
        make("div", { class: "peer__row" }, button(text.whole, () => page.whole()), button(text.again_aloud, () => start("talk"), true)));
      made.heading.focus();
    }

    async function send(run) {
      const reply = await Peer.post(page.args.handlers.rehearsed, { who: page.state().who, ...run });
      const good = reply.ok && Array.isArray(reply.body.runs);
      if (!good && PeerStorySaving.shuts(reply)) page.doubt();
      if (!good && (reply.status === 0 || reply.status === 429 || reply.status >= 500 || PeerStorySaving.shuts(reply))) return false;
      await page.kept().wipe("run:" + run.client_id);
      if (good && page.state()) Object.assign(page.state(), { pace: reply.body.pace, runs: reply.body.runs });
      return good;
    }

    /* Sends the times that waited on the device. */
    async function resume() {
      for (const name of page.kept().names().filter((each) => each.startsWith("run:"))) {
        const run = await page.kept().get(name);
        if (run && page.state()) await send(run);
        else if (!run) await page.kept().wipe(name);
      }
    }

    return { resume, start };
  }

  window.PeerStoryRehearsal = { rehearsal };
})();
