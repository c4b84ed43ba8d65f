/* The print button of the cue cards. */
(function () {
  "use strict";
  document.querySelector("[data-do='print']").addEventListener("click", () => window.print());
})();
