/* The author's editor of a check: questions as forms, a linter that follows the typing, GIFT in and out. */
(function () {
  "use strict";
  const { fresh, make, move, question } = window.PeerFields;
  const PAUSE = 600;
  const UNREACHED = "The check of your questions could not be reached. You can go on writing.";

  /* What can be seen without asking the server. */
  function atOnce(item) {
    const found = [];
    if (!item.stem.trim()) found.push("The question has no words. Write the question.");
    if (!item.options.some((each) => each.right)) found.push("No answer is marked as right. Mark the right one.");
    if (item.options.some((each) => !each.text.trim())) found.push("An answer has no words. Write it or remove it.");
    return found;
  }

  function PeerCheckEditor(runtime, element, args) {
    const root = Peer.node(element);
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    const form = part("form");
    const items = args.items;
    let timer = 0;
    let asked = 0;

    function tell(sentence) {
      part("status").textContent = sentence || "";
    }

    function of(id) {
      return Array.from(part("items").children).find((node) => node.dataset.item === id);
    }

    function list(node, sentences) {
      node.replaceChildren(...sentences.map((each) => make("li", {}, each)));
      node.hidden = !sentences.length;
    }

    function show(faults) {
      items.forEach((item) => {
        const own = faults.filter((each) => each.item === item.id);
        list(of(item.id).querySelector("[data-part='faults']"), own.map((each) => each.where + ": " + each.what + " " + each.do));
      });
      const whole = faults.filter((each) => !each.item);
      const node = make("ul", { class: "peer__care" });
      list(node, whole.map((each) => each.where + ": " + each.what + " " + each.do));
      part("list").replaceChildren(node);
    }

    function changed(item) {
      const now = atOnce(item);
      if (now.length) list(of(item.id).querySelector("[data-part='faults']"), now);
      lintSoon();
    }

    function lintSoon() {
      clearTimeout(timer);
      timer = setTimeout(lint, PAUSE);
    }

    async function lint() {
      const turn = (asked += 1);
      const reply = await Peer.post(args.handlers.lint, { items });
      if (turn !== asked || !root.isConnected) return;
      if (reply.ok) show(reply.body.faults);
      else tell(reply.body.error || UNREACHED);
      if (reply.ok && part("status").textContent === UNREACHED) tell("");
    }

    function draw(item, at) {
      const on = {
        changed: () => changed(item),
        redraw: (field) => {
          const old = of(item.id);
          old.replaceWith(draw(item, items.indexOf(item)));
          reach(of(item.id), field);
          lintSoon();
        },
        up: () => shift(item, -1, "item-up"),
        down: () => shift(item, 1, "item-down"),
        remove: () => {
          items.splice(items.indexOf(item), 1);
          drawAll();
          root.querySelector("[data-do='add']").focus();
          lintSoon();
        },
      };
      return question(item, at, on);
    }

    function drawAll() {
      part("items").replaceChildren(...items.map(draw));
    }

    function reach(node, field) {
      const found = node && node.querySelector(field);
      if (found) found.focus();
    }

    function shift(item, by, name) {
      if (!move(items, items.indexOf(item), by)) return;
      drawAll();
      reach(of(item.id), "[data-do='" + name + "']");
      lintSoon();
    }

    function add() {
      const item = fresh();
      items.push(item);
      drawAll();
      reach(of(item.id), "[data-field='stem']");
      lintSoon();
    }

    async function paste() {
      const reply = await Peer.post(args.handlers.paste, { text: part("gift").value, taken: items.map((each) => each.id) });
      if (!reply.ok) return tell(reply.body.error || "We could not reach the server. Your text is still here; try again.");
      items.push(...reply.body.items);
      part("gift").value = "";
      drawAll();
      reach(of(reply.body.items[0].id), "[data-field='stem']");
      tell(reply.body.items.length === 1 ? "1 question added." : reply.body.items.length + " questions added.");
      return lintSoon();
    }

    async function gift() {
      const reply = await Peer.post(args.handlers.gift, { items });
      if (!reply.ok) return tell(reply.body.error || "We could not reach the server. Try again.");
      part("gift").value = reply.body.text;
      part("gift").focus();
      return tell("These are your questions as GIFT. Copy them from the box.");
    }

    function written() {
      const percent = form.elements.mastery.value.trim();
      return {
        display_name: form.elements.display_name.value,
        mastery: percent === "" ? null : Number(percent) / 100,
        shuffle: form.elements.shuffle.checked,
        items,
      };
    }

    function notify(name, data) {
      if (runtime && runtime.notify) runtime.notify(name, data);
    }

    async function save(event) {
      event.preventDefault();
      clearTimeout(timer);
      asked += 1;
      notify("save", { state: "start", message: "Saving" });
      const reply = await Peer.post(args.handlers.save_check, written());
      if (reply.ok) {
        tell("Saved.");
        notify("save", { state: "end" });
        return;
      }
      const message = reply.body.error || "We could not save. Your questions are still on this page; try again in a moment.";
      tell(message);
      notify("error", { title: "Not saved yet", message });
    }

    const does = { add, paste, gift, cancel: () => notify("cancel", {}) };
    Object.entries(does).forEach(([name, act]) => form.querySelector("[data-do='" + name + "']").addEventListener("click", act));
    form.addEventListener("submit", save);
    drawAll();
    show(args.faults);
  }

  window.PeerCheckEditor = PeerCheckEditor;
})();
