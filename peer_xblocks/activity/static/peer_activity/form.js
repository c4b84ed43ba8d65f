/* The parts of an author's form: fields that write straight into the thing they show, buttons that move and remove. */
(function () {
  "use strict";
  const { make } = window.PeerParts;

  function labelled(label, input) {
    return make("label", { class: "peer__field" }, make("span", {}, label), input);
  }

  /* A text of `thing[name]`, short or long. */
  function text(label, thing, name, changed, rows) {
    const input = rows ? make("textarea", { rows, dir: "auto", "data-field": name }) : make("input", { dir: "auto", "data-field": name });
    input.value = thing[name] || "";
    input.addEventListener("input", () => {
      thing[name] = input.value;
      changed();
    });
    return labelled(label, input);
  }

  /* One of several values of `thing[name]`; a value that is not on the list is kept as it is. */
  function pick(label, thing, name, choices, changed) {
    const known = choices.some(([value]) => value === thing[name]);
    const all = known ? choices : choices.concat([[thing[name], thing[name]]]);
    const select = make("select", { "data-field": name }, ...all.map(([value, words]) => make("option", { value }, words)));
    select.value = thing[name] || "";
    select.addEventListener("change", () => {
      thing[name] = select.value;
      changed();
    });
    return labelled(label, select);
  }

  function act(label, name, does) {
    const node = make("button", { type: "button", class: "peer__action peer__action--quiet", "data-do": name }, label);
    node.addEventListener("click", does);
    return node;
  }

  /* Moves an entry of a list by one place; false at either end. */
  function move(list, from, by) {
    const to = from + by;
    if (to < 0 || to >= list.length) return false;
    list.splice(to, 0, ...list.splice(from, 1));
    return true;
  }

    /* "Move up", "Move down" and "Remove" for the thing that `called` names; `name` goes before what they do. */
  function movers(name, called, on) {
    const buttons = [act("Move up", name + "up", on.up), act("Move down", name + "down", on.down), act("Remove", name + "remove", on.remove)];
    buttons.forEach((each) => each.setAttribute("aria-label", each.textContent + ": " + called));
    return make("div", { class: "peer__row" }, ...buttons);
  }

  /* The sentences of a list, hidden where there are none. */
  function list(node, sentences) {
    node.replaceChildren(...sentences.map((each) => make("li", {}, each)));
    node.hidden = !sentences.length;
  }

  window.PeerForm = { act, labelled, list, move, movers, pick, text };
})();
