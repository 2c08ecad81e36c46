// Small things that HTML cannot do by itself. Every page works without them.
"use strict";

// A form with data-draft warns before its changes are lost.
let changed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-draft]")) changed = true;
});
document.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

// A button with data-confirm asks first.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});
