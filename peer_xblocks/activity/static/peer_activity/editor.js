/* The author's editor of a check: questions as forms, a linter that follows the typing, GIFT in and out. */
(function () {
  "use strict";
  const { make } = window.PeerParts;
  const { list, move } = window.PeerForm;
  const { fresh, question } = window.PeerFields;

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
    const items = args.items;
    const { lint, save_check: save } = args.handlers;
    const { form, lintSoon, tell } = PeerAuthor.begin(runtime, root, { lint, save, written, show });

    function of(id) {
      return Array.from(part("items").children).find((node) => node.dataset.item === id);
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

    const does = { add, paste, gift };
    Object.entries(does).forEach(([name, act]) => form.querySelector("[data-do='" + name + "']").addEventListener("click", act));
    drawAll();
    show(args.faults);
  }

  window.PeerCheckEditor = PeerCheckEditor;
})();
