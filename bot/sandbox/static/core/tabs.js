// On a phone one part of the page is seen at a time; F6 goes from part to part everywhere.

import { byId } from "./dom.js";

const NARROW = matchMedia("(max-width: 719px)");
// Where the focus goes in a part, the most useful first.
const WHERE_TO = ["textarea", "[aria-current='true']", ".row", "button"];
const PARTS = ["people-pane", "phone-chat", "topics-pane", "staff-chat", "strip"];

export class Tabs {
  /** @param {(tab: string) => void} onShow called with the tab that was chosen */
  constructor(onShow) {
    this.shell = byId("shell");
    this.bar = byId("tabs");
    for (const button of this.bar.querySelectorAll("[data-tab]")) {
      button.addEventListener("click", () => onShow(button.dataset.tab));
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    });
    NARROW.addEventListener("change", () => onShow(this.current));
  }

  get current() {
    return this.shell.dataset.tab;
  }

  get narrow() {
    return NARROW.matches;
  }

  /** Mark a tab as the one in sight. */
  show(tab) {
    this.shell.dataset.tab = tab;
    for (const button of this.bar.querySelectorAll("[data-tab]")) {
      if (button.dataset.tab === tab) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  }

  /** Show how much is unread behind a tab. */
  badge(tab, count) {
    const mark = this.bar.querySelector(`[data-tab="${tab}"] .unread`);
    mark.hidden = count === 0;
    mark.textContent = String(Math.min(count, 99));
  }

  /** Move the focus to the next part of the page that is in sight. */
  step(by) {
    const parts = PARTS.map(byId).filter((node) => node.offsetParent);
    const at = parts.findIndex((node) => node.contains(document.activeElement));
    const next = parts.at((at + by + parts.length) % parts.length);
    const wanted = WHERE_TO.flatMap((selector) => [...next.querySelectorAll(selector)]);
    wanted.find((node) => node.offsetParent)?.focus();
  }
}
