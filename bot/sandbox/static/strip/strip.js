// The strip below: time, breakdowns, errors, the journal, recording, and starting all over.

import { post } from "../core/api.js";
import { confirmDialog } from "../core/dialogs.js";
import { byId } from "../core/dom.js";
import { store } from "../core/store.js";
import { attempt } from "../core/toast.js";
import { t, translatePage } from "../core/words.js";
import { forgetPlaces } from "../people/places.js";
import { FaultsCard } from "./faults.js";
import { JournalCard } from "./journal.js";
import { PartsCard } from "./parts.js";
import { RecordingCard } from "./recording.js";
import { TimeCard } from "./time.js";

const LOOK_MS = 3000;

export class Strip {
  /** @param {object} hooks {openChats(): the chats in sight} */
  constructor(hooks) {
    this.root = byId("strip");
    this.cards = [];
    this.time = new TimeCard(this);
    this.partsCard = new PartsCard(this);
    this.faults = new FaultsCard(this, hooks.openChats);
    this.journal = new JournalCard(this);
    this.recording = new RecordingCard(this);
    byId("reset").addEventListener("click", () => this.reset());
    this.look();
  }

  add(card) {
    this.cards.push(card);
  }

  /** Open a card or fold it up; side by side there is room for one at a time. */
  toggle(card) {
    const open = !card.open;
    const alone = !matchMedia("(max-width: 719px)").matches;
    for (const one of this.cards) {
      if (one !== card && alone && one.open) one.setOpen(false);
    }
    card.setOpen(open);
    card.draw();
  }

  /** Look again and again at what the sandbox does not tell of by itself. */
  async look() {
    for (;;) {
      if (!document.hidden) await this.refresh();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  refresh() {
    return Promise.all([this.partsCard.refresh(), this.faults.refresh(), this.journal.refresh(), this.recording.open ? this.recording.refresh() : null]);
  }

  /** Take in what an answer of the API told: the time, whether it records. */
  update(answer) {
    if (answer.time) store.ahead = answer.time.ahead;
    if ("recording" in answer) this.recording.on = Boolean(answer.recording);
    this.time.draw();
    this.recording.draw();
    this.faults.draw();
  }

  translate() {
    translatePage(this.root);
    for (const card of this.cards) card.translate();
  }

  async reset() {
    if (!(await confirmDialog(t("resetAsk"), t("reset")))) return;
    if (!(await attempt(() => post("/reset")))) return;
    forgetPlaces();
    store.ahead = 0;
    this.journal.forget();
    await this.refresh();
  }
}
