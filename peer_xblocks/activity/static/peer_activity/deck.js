/* The author's editor of a card sort: piles and cards as forms, a linter that follows the typing. */
(function () {
  "use strict";
  const { make } = window.PeerParts;
  const { list, move, movers, text } = window.PeerForm;

  function PeerSortEditor(runtime, element, args) {
    const root = Peer.node(element);
    const part = (name) => root.querySelector('[data-part="' + name + '"]');
    const { deck, most } = args;
    const { lint, save_sort: save } = args.handlers;
    const { form, lintSoon, tell } = PeerAuthor.begin(runtime, root, { lint, save, written, show });

    function written() {
      return { display_name: form.elements.display_name.value, ...deck };
    }

    function sentences(faults, item) {
      return faults.filter((each) => each.item === item).map((each) => each.where + ": " + each.what + " " + each.do);
    }

    function show(faults) {
      root.querySelectorAll("[data-faults]").forEach((node) => list(node, sentences(faults, node.dataset.faults)));
      list(part("whole"), sentences(faults, ""));
    }

    function freeId(entries) {
      const taken = new Set(entries.map((each) => each.id));
      let id = "";
      do id = Peer.newId().slice(0, 8);
      while (taken.has(id));
      return id;
    }

    function reach(name, id, field) {
      const node = Array.from(part(name).children).find((each) => each.dataset.id === id);
      const found = node && node.querySelector(field);
      if (found) found.focus();
    }

    /* Moves or removes an entry of a list ("piles", "cards"), and keeps the focus where the author works. */
    function shifts(name, entry, adds) {
      const shift = (by, field) => () => {
        if (!move(deck[name], deck[name].indexOf(entry), by)) return;
        drawAll();
        reach(name, entry.id, "[data-do='" + field + "']");
        lintSoon();
      };
      const remove = () => {
        deck[name].splice(deck[name].indexOf(entry), 1);
        if (name === "piles") deck.cards.forEach((card) => (card.piles = card.piles.filter((each) => each !== entry.id)));
        drawAll();
        form.querySelector("[data-do='" + adds + "']").focus();
        lintSoon();
      };
      return { up: shift(-1, "up"), down: shift(1, "down"), remove };
    }

    function framed(called, entry, key, on, ...fields) {
      return make(
        "fieldset",
        { class: "peer__card", "data-id": entry.id },
        make("legend", {}, called),
        ...fields,
        make("ul", { class: "peer__care", "data-faults": key + ":" + entry.id, hidden: true }),
        movers("", called.toLowerCase(), on),
      );
    }

    function pile(entry, at) {
      const words = text("What belongs here", entry, "text", () => named(), 0);
      return framed("Pile " + (at + 1), entry, "pile", shifts("piles", entry, "add-pile"), words);
    }

    /* Cards name the piles by their words, so those follow the typing. */
    function named() {
      root.querySelectorAll("[data-pile]").forEach((node) => (node.textContent = called(node.dataset.pile)));
      lintSoon();
    }

    function called(id) {
      const at = deck.piles.findIndex((each) => each.id === id);
      return deck.piles[at].text.trim() || "Pile " + (at + 1);
    }

    function tick(card, home) {
      const box = make("input", { type: "checkbox", "data-field": "home-" + home.id });
      box.checked = card.piles.includes(home.id);
      box.addEventListener("change", () => {
        const marked = new Set(card.piles);
        if (box.checked) marked.add(home.id);
        else marked.delete(home.id);
        card.piles = deck.piles.map((each) => each.id).filter((each) => marked.has(each));
        lintSoon();
      });
      return make("label", { class: "peer__choice" }, box, make("span", { dir: "auto", "data-pile": home.id }, called(home.id)));
    }

    function card(entry, at) {
      return framed(
        "Card " + (at + 1),
        entry,
        "card",
        shifts("cards", entry, "add-card"),
        text("What it says", entry, "text", lintSoon, 2),
        make("fieldset", { class: "peer__card" }, make("legend", {}, "It belongs in"), ...deck.piles.map((home) => tick(entry, home))),
        text("Why", entry, "why", lintSoon, 2),
      );
    }

    function drawAll() {
      part("piles").replaceChildren(...deck.piles.map(pile));
      part("cards").replaceChildren(...deck.cards.map(card));
    }

    function add(name, entry) {
      if (deck[name].length >= most[name]) return tell("A card sort holds at most " + most[name] + " " + name + ".");
      deck[name].push(entry);
      drawAll();
      reach(name, entry.id, "[data-field='text']");
      return lintSoon();
    }

    const does = {
      "add-pile": () => add("piles", { id: freeId(deck.piles), text: "" }),
      "add-card": () => add("cards", { id: freeId(deck.cards), text: "", why: "", piles: [] }),
    };
    Object.entries(does).forEach(([name, act]) => form.querySelector("[data-do='" + name + "']").addEventListener("click", act));
    part("prompt").append(text("What learners are asked to do", deck, "prompt", lintSoon, 3));
    drawAll();
    show(args.faults);
  }

  window.PeerSortEditor = PeerSortEditor;
})();
