// On paper every table is there, also those that were closed.
"use strict";

const closed = [];
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = true;
    closed.push(one);
  }
});
window.addEventListener("afterprint", () => {
  while (closed.length) closed.pop().open = false;
});
