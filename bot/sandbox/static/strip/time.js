// The sandbox's clock: what it shows, how far it is ahead, and playing it forward.

import { post } from "../core/api.js";
import { clockTime, fullMoment, span } from "../core/format.js";
import { sandboxNow, store } from "../core/store.js";
import { attempt } from "../core/toast.js";
import { t } from "../core/words.js";
import { Card } from "./card.js";

const TICK_MS = 1000;
// Less than this is the time an answer took on its way.
const REAL_SECONDS = 1;

export class TimeCard extends Card {
  constructor(strip) {
    super("time", strip);
    for (const button of this.root.querySelectorAll("[data-advance]")) {
      button.addEventListener("click", () => this.advance(Number(button.dataset.advance)));
    }
    this.parts.own.addEventListener("submit", (event) => {
      event.preventDefault();
      const { amount, unit } = this.parts.own.elements;
      this.advance(Number(amount.value) * Number(unit.value));
    });
    setInterval(() => this.draw(), TICK_MS);
    this.draw();
  }

  async advance(seconds) {
    const answer = await attempt(() => post("/time", { advance: seconds }));
    if (answer) store.ahead = answer.ahead ?? store.ahead + seconds;
    this.draw();
  }

  draw() {
    const ahead = store.ahead >= REAL_SECONDS;
    const now = sandboxNow();
    this.tell(ahead ? `${clockTime(now)} · +${span(store.ahead)}` : clockTime(now), ahead ? "warn" : "");
    if (!this.open) return;
    this.parts.clock.textContent = fullMoment(now);
    this.parts.ahead.textContent = ahead ? t("timeAhead", { span: span(store.ahead) }) : t("timeReal");
  }
}
