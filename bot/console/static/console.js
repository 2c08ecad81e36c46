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

// The preview shows the reader whose part is being written: eaeu, visa-free, more …
document.addEventListener("focusin", (event) => {
  const part = event.target.dataset?.shows;
  if (!part) return;
  const page = ["more", "russia"].includes(part) ? part : "main";
  for (const [name, wanted] of [["whom", part], ["what", page]]) {
    const select = document.querySelector(`#live select[name="${name}"]`);
    if (!select || select.value === wanted) continue;
    if (![...select.options].some((option) => option.value === wanted)) continue;
    select.value = wanted;
    htmx.trigger("#live", "look");
  }
});
