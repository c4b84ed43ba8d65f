/* The story page: asks for what was written, shows one thing at a time, and shuts when somebody else is signed in. */
(function () {
  "use strict";
  const { button, make, say } = window.PeerStoryDom;
  const { deletion, figures, privacy, ready, trend } = window.PeerStoryWhole;
  const { shuts } = window.PeerStorySaving;
  const HIDDEN_FOR = 30000;
  const RETRY = 10000;

  function PeerStory(_runtime, element, args) {
    const root = Peer.node(element);
    const text = args.words;
    const plan = args.plan;
    const stage = root.querySelector('[data-part="stage"]');
    const spoken = root.querySelector('[data-part="spoken"]');
    let state = null;
    let saving = null;
    let kept = null;
    let parts = [];
    let open = null;
    let hidden = 0;
    let trouble = false;
    let began = Date.now();
    const runs = PeerStoryRehearsal.rehearsal({ args, state: () => state, kept: () => kept, words: (id) => saving.part(id).text, show, whole, doubt });
    const helper = PeerStoryHelper.helper({ text, settings, keep, show: (start, end) => open && open.select(start, end) });

    function show(...nodes) {
      stage.replaceChildren(...nodes.filter(Boolean));
    }

    /* For screen readers, and only where it matters. */
    function tell(sentence) {
      spoken.textContent = sentence || "";
    }

    function now() {
      return state.now + Math.floor((Date.now() - began) / 1000);
    }

    // -- what the site has --------------------------------------------------------------------------------------

    async function load() {
      const reply = await Peer.post(args.handlers.look, {});
      if (!root.isConnected) return;
      if (reply.ok && reply.body.who) await loaded(reply.body);
      else if (shuts(reply)) shut(reply.body.error);
      else unreached();
    }

    function unreached() {
      show(make("p", { class: "peer__care" }, text.not_loaded), make("div", { class: "peer__row" }, button(text.again, load)));
      setTimeout(() => root.isConnected && !state && load(), RETRY);
    }

    async function loaded(body) {
      state = body;
      began = Date.now();
      kept = await PeerStoryKept.open(body.who, body.key);
      const given = { url: args.handlers.keep, who: body.who, kept, now, changed, shut: doubt };
      saving = PeerStorySaving.make(given);
      parts = plan.parts.concat(plan.asides, body.others);
      Object.entries(body.parts).forEach(([id, live]) => saving.adopt(id, live));
      await saving.resume(body.deleted);
      write(first());
      if (!Object.keys(body.parts).length) stage.prepend(make("p", { class: "peer__good" }, text.welcome));
      saving.flush().then(() => state && runs.resume());
      fetch(args.terms, { credentials: "same-origin" }).then((found) => found.json()).then(helper.use).catch(() => {});
    }

    /* The first part without words; of a talk that has them all, the first. */
    function first() {
      const empty = plan.parts.findIndex((each) => !saving.part(each.id).text.trim());
      return Math.max(0, empty);
    }

    function words() {
      return Object.fromEntries(parts.map((each) => [each.id, PeerTalk.count(saving.part(each.id).text)]));
    }

    function settings() {
      try {
        const found = JSON.parse(saving.part("helper").text || "{}");
        return { off: found.off === true, never: Array.isArray(found.never) ? found.never : [] };
      } catch (unreadable) {
        return { off: false, never: [] };
      }
    }

    function keep(chosen) {
      saving.write("helper", JSON.stringify(chosen));
    }

    function changed(id) {
      const each = saving.part(id);
      if (each.state === "kept" || each.state === "unkept" || each.state === "refused") {
        if (!trouble) tell(each.error || text[each.state]);
        trouble = true;
      } else if (trouble && each.state === "saved" && !saving.waiting()) {
        trouble = false;
        tell(text.saved_again);
      }
      if (open && open.part === id) open.refresh();
    }

    // -- somebody else, or a story that is gone -----------------------------------------------------------------

    /* A save was refused: either the story was deleted elsewhere, or this browser is somebody else's now. */
    async function doubt() {
      const reply = await Peer.post(args.handlers.look, {});
      if (!state || !shuts(reply)) return;
      if (reply.body.who !== state.who) shut(reply.body.error);
      else {
        saving.close();
        await kept.wipeAll();
        await loaded(reply.body);
        stage.prepend(make("p", { class: "peer__care", role: "alert" }, text.deleted_elsewhere));
      }
    }

    /* Not a word stays on the page; what was not sent waits on the device, locked. */
    function shut(sentence) {
      if (saving) saving.close();
      helper.check("");
      state = saving = open = null;
      const heading = make("h3", { class: "peer__heading", tabindex: "-1" }, text.locked_title);
      show(heading, sentence ? make("p", {}, sentence) : null, make("p", {}, text.locked),
        make("div", { class: "peer__row" }, button(text.again, load)));
      heading.focus();
    }

    /* Somebody comes back to this page: it may be another person, or the same with newer words from another device. */
    async function back() {
      if (!state) return;
      const reply = await Peer.post(args.handlers.look, {});
      if (!state) return;
      if (shuts(reply) && reply.body.who !== state.who) shut(reply.body.error);
      else if (reply.ok) {
        Object.entries(reply.body.parts).forEach(([id, live]) => {
          const each = saving.part(id);
          if (each.dirty || each.busy) return;
          saving.adopt(id, live);
          changed(id);
        });
      }
    }

    // -- writing ------------------------------------------------------------------------------------------------

    function place(at) {
      const part = parts[at];
      if (at < plan.parts.length) return say(text.place, { at: at + 1, of: plan.parts.length, title: part.title });
      return say(plan.asides.includes(part) ? text.aside : text.other, part);
    }

    function step(at) {
      const last = at === plan.parts.length - 1;
      const buttons = make("div", { class: "peer__row" });
      const on = async () => {
        saving.flush();
        if (last || at >= plan.parts.length) whole();
        else write(at + 1, true);
      };
      buttons.append(button(last || at >= plan.parts.length ? text.save_end : text.save_on, on));
      if (at > 0) buttons.append(button(text.back, () => (at < plan.parts.length ? write(at - 1, true) : whole()), true));
      return buttons;
    }

    function write(at, focus) {
      const part = parts[at];
      const given = { text, part, place: place(at), pace: state.pace, saving, helper, id: args.part + "-words", buttons: step(at),
        earlier: () => earlier(part.id), changed: () => {}, say: tell };
      open = { ...PeerStoryWriting.writing(given), part: part.id };
      show(open.node, list(at), aftermath());
      if (focus) open.heading.focus();
    }

    async function earlier(id) {
      await saving.flush();
      const reply = await Peer.post(args.handlers.earlier, { who: state.who, part: id });
      return reply.ok ? reply.body.versions : [];
    }

    /* Every part with its words, to go to. */
    function list(here) {
      const counted = words();
      const line = (part, at) => {
        const label = say(counted[part.id] ? text.part_words : text.part_empty, { title: part.title, words: counted[part.id] });
        const node = make("button", { type: "button", class: "peer-story__part", "aria-current": at === here ? "step" : undefined }, label);
        node.addEventListener("click", () => {
          saving.flush();
          write(at, true);
        });
        return make("li", {}, node);
      };
      const details = make("details", { class: "peer__card" }, make("summary", {}, text.parts), make("ol", { class: "peer__list" }, ...parts.map(line)));
      details.addEventListener("toggle", () => {
        const fresh = words();
        if (details.open) details.querySelectorAll("button").forEach((node, at) => {
          const part = parts[at];
          node.textContent = say(fresh[part.id] ? text.part_words : text.part_empty, { title: part.title, words: fresh[part.id] });
        });
      });
      return details;
    }

    function aftermath() {
      return make("div", { class: "peer__row" }, button(text.whole, () => {
        saving.flush();
        whole();
      }, true));
    }

    // -- the whole talk -----------------------------------------------------------------------------------------

    /* One action stands out: what comes next for this talk. */
    function next(counted) {
      const empty = plan.parts.findIndex((each) => !counted[each.id]);
      const main = empty >= 0 ? "write" : state.runs.length ? "done" : "rehearse";
      const row = make("div", { class: "peer__row" },
        button(text.go_on, () => write(Math.max(0, empty), true), main !== "write"),
        button(text.rehearse, rehearse("talk"), main !== "rehearse"), button(text.reading, rehearse("reading"), true));
      return { row, main };
    }

    function rehearse(kind) {
      return () => {
        saving.flush();
        open = null;
        runs.start(kind);
      };
    }

    function whole() {
      open = null;
      const counted = words();
      const { row, main } = next(counted);
      const heading = make("h3", { class: "peer__heading", tabindex: "-1" }, text.whole);
      show(heading, ...figures(plan, counted, state.pace, text), row, trend(state.runs, plan, text), list(-1), outside(),
        ready({ done: state.done, words: counted, main: main === "done" }, plan, text, finish), privacy(text), deletion(text, args.days, remove));
      heading.focus();
    }

    function outside() {
      const link = (label, url, more) => make("a", { class: "peer__action peer__action--quiet", href: url, ...more }, label);
      const row = make("div", { class: "peer__row" },
        link(text.cards, args.links.cards, { target: "_blank", rel: "noopener" }), link(text.word, args.links.document, { download: "notes.docx" }));
      row.addEventListener("focusin", () => saving.flush());
      return make("div", {}, row, make("p", { class: "peer__quiet" }, text.outside));
    }

    function refuse(sentence) {
      stage.append(make("p", { class: "peer__care", role: "alert" }, sentence));
    }

    async function finish() {
      await saving.flush();
      const reply = await Peer.post(args.handlers.finish, { who: state.who });
      if (reply.ok && reply.body.done) {
        state.done = reply.body.done;
        whole();
        tell(text.done);
      } else if (shuts(reply)) doubt();
      else refuse(reply.body.error || text.not_loaded);
    }

    async function remove() {
      const reply = await Peer.post(args.handlers.delete_story, { who: state.who });
      if (!reply.ok || !reply.body.deleted) {
        if (shuts(reply)) doubt();
        else refuse(text.not_deleted);
        return;
      }
      saving.close();
      await kept.wipeAll();
      const heading = make("h3", { class: "peer__heading", tabindex: "-1" }, text.deleted);
      state = saving = open = null;
      show(heading, make("div", { class: "peer__row" }, button(text.to_writing, load, true)));
      heading.focus();
    }

    // -- coming and going ---------------------------------------------------------------------------------------

    function leaving() {
      if (saving) saving.flush(true);
    }

    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        hidden = Date.now();
        leaving();
      } else if (Date.now() - hidden > HIDDEN_FOR || !hidden) back();
    });
    window.addEventListener("pagehide", leaving);
    window.addEventListener("pageshow", (event) => event.persisted && back());
    window.addEventListener("online", () => (saving ? saving.flush().then(() => state && runs.resume()) : load()));
    show(make("p", { class: "peer__quiet" }, text.loading));
    load();
  }

  window.PeerStory = PeerStory;
})();
