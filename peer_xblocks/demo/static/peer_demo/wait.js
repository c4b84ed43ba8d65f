/* Goes on once the demo has been down and is up again. */
(function () {
  "use strict";
  const there = document.querySelector("[data-wait]").dataset.wait;
  let down = false;

  async function look() {
    try {
      const answer = await fetch(there, { cache: "no-store" });
      if (answer.ok && down) return window.location.assign(there);
    } catch (gone) {
      down = true;
    }
    return window.setTimeout(look, 300);
  }

  look();
})();
