// One part of the strip: a head that tells how it stands, quick controls, and more below the head.

import { byId, partsOf } from "../core/dom.js";
import { translatePage } from "../core/words.js";

export class Card {
  /**
   * @param {string} name the part, as its section is called
   * @param {Strip} strip which opens one card at a time where there is little room
   */
  constructor(name, strip) {
    this.root = byId(`card-${name}`);
    this.parts = partsOf(this.root);
    this.head = this.root.querySelector(".card-head");
    this.head.addEventListener("click", () => strip.toggle(this));
    strip.add(this);
  }

  get open() {
    return this.head.getAttribute("aria-expanded") === "true";
  }

  setOpen(open) {
    this.head.setAttribute("aria-expanded", String(open));
    this.root.classList.toggle("open", open);
    if (open) this.refresh();
  }

  /** Say in the head how it stands; `tone` is "", "warn" or "bad". */
  tell(text, tone = "") {
    this.parts.state.textContent = text;
    this.parts.state.className = `card-state ${tone}`;
  }

  /** Ask the sandbox how it stands; cards that ask say how. */
  async refresh() {}

  /** Draw what is known. */
  draw() {}

  translate() {
    translatePage(this.root);
    this.draw();
  }
}
