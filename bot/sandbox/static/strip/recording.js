// Recording what people do and what the bot answers, and replaying it.

import { get, post } from "../core/api.js";
import { confirmDialog, showDialog } from "../core/dialogs.js";
import { h } from "../core/dom.js";
import { attempt, toast } from "../core/toast.js";
import { t } from "../core/words.js";
import { Card } from "./card.js";

/** Read a recording: JSON with one event a line, or a list, or {events: […]}. */
function eventsOf(text) {
  try {
    const whole = JSON.parse(text);
    if (Array.isArray(whole)) return whole;
    if (Array.isArray(whole.events)) return whole.events;
  } catch {
    // Not one value: one a line, then.
  }
  try {
    return text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
  } catch {
    throw new Error(t("replayBadFile"));
  }
}

function side(label, event) {
  return event ? h("div", {}, h("span", { class: "muted" }, label), h("pre", {}, JSON.stringify(event, null, 1))) : null;
}

function showDifferences(report) {
  const { differences } = report;
  return showDialog(t("replayDiffers", { n: differences.length }), () => h("ol", { class: "differences", tabindex: "0" },
    ...differences.map((one) => h("li", {}, h("p", { dir: "auto" }, one.what), side(t("expected"), one.expected), side(t("got"), one.got)))), "wide");
}

export class RecordingCard extends Card {
  constructor(strip) {
    super("recording", strip);
    this.on = false;
    this.count = 0;
    this.replaying = false;
    this.parts.record.addEventListener("click", () => this.turn());
    this.parts.replay.addEventListener("click", () => this.parts.file.click());
    this.parts.file.addEventListener("change", () => this.replay());
    this.draw();
  }

  async turn() {
    const answer = await attempt(() => post("/recording", { on: !this.on }));
    if (!answer) return;
    this.on = answer.on;
    await this.refresh();
  }

  async refresh() {
    if (!this.open) {
      this.draw();
      return;
    }
    const answer = await get("/recording").catch(() => null);
    if (!answer) return;
    this.on = answer.on;
    this.count = answer.events.filter((event) => "act" in event || "bot" in event).length;
    this.draw();
  }

  async replay() {
    const [file] = this.parts.file.files;
    this.parts.file.value = "";
    if (!file) return;
    const events = await attempt(async () => eventsOf(await file.text()));
    if (!events || !(await confirmDialog(t("replayAsk"), t("replay").replace("…", "")))) return;
    this.replaying = true;
    this.draw();
    const report = await attempt(() => post("/replay", { events }));
    this.replaying = false;
    await this.refresh();
    if (!report) return;
    if (report.differences.length) await showDifferences(report);
    else toast(t("replaySame"));
  }

  draw() {
    this.tell(this.replaying ? t("replaying") : t(this.on ? "recordingOn" : "recordingOff"), this.on ? "rec" : "");
    this.parts.record.setAttribute("aria-checked", String(this.on));
    this.parts.count.textContent = t("recordEvents", { n: this.count });
    this.parts.download.hidden = this.count === 0;
    this.parts.replay.disabled = this.replaying;
  }
}
