// Small things that HTML cannot do by itself. Every page works without them.
"use strict";

// data-draft="unsaved": what is in the form is lost if the page is left, also by another form of it
// (language, sign out). The server says so of what was sent and not saved.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (form) form.dataset.draft = "unsaved";
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-draft]")) event.target.dataset.draft = "sent";
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector('form[data-draft="unsaved"]')) event.preventDefault();
});

// A page that answers a form says first what became of it, also to who sees no colours.
if (document.body.hasAttribute("data-answer")) {
  const first = ["[role=alert]", "[aria-invalid=true]", "h1"]
    .map((wanted) => document.querySelector(`main ${wanted}`)).find(Boolean);
  if (first) {
    if (!first.matches("input, select, textarea")) first.tabIndex = -1;
    first.focus();
  }
}

// A button with data-confirm asks first.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});

// What a part of a page could not do is said in #messages (web/parts_of_pages.py); the page stays.
const messages = () => document.getElementById("messages");
const asksByItself = (element) => /\bevery\b/.test(element?.getAttribute("hx-trigger") ?? "");

// What was said of the last thing that was tried goes with the next one.
document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement, hx } = event.detail.ctx;
  if (asksByItself(sourceElement)) return;
  const isSame = hx?.retarget === "#messages" && !sourceElement.matches("form");
  if (!isSame) messages().replaceChildren();
});

document.addEventListener("htmx:response:error", (event) => {
  const form = event.detail.ctx.sourceElement.closest("form[data-draft]");
  if (form) form.dataset.draft = "unsaved";
});

// A message of an earlier session's page brings the new token: its forms can be sent again.
document.addEventListener("htmx:after:swap", () => {
  const message = messages().querySelector("[data-csrf]");
  if (!message) return;
  const { token, header } = messages().dataset;
  for (const field of document.querySelectorAll(`input[name="${token}"]`)) {
    field.value = message.dataset.csrf;
  }
  const headers = JSON.stringify({ [header]: message.dataset.csrf });
  document.body.setAttribute("hx-headers:inherited", headers);
});

document.addEventListener("htmx:error", (event) => {
  const source = event.detail.ctx?.sourceElement;
  if (!source || source.closest("#messages") || asksByItself(source) || event.detail.ctx.response) return;
  const form = source.closest("form[data-draft]");
  if (form) form.dataset.draft = "unsaved";
  messages().replaceChildren(document.getElementById("no-answer").content.cloneNode(true));
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) messages().replaceChildren();
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
