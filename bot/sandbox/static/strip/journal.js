// The journal of the bot's calls: the newest first, errors with their words.

import { get } from "../core/api.js";
import { h, syncList } from "../core/dom.js";
import { chatName } from "../core/store.js";
import { currentLanguage, dateLanguage, t } from "../core/words.js";
import { Card } from "./card.js";

const KEPT = 1000;
const SHOWN = 100;

function time(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(dateLanguage(), { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

function row(call) {
  const answer = call.ok ? t("callOk") : `${call.error_code ?? ""} ${call.error ?? ""}`.trim();
  return h("tr", { class: call.ok ? "" : "failed" },
    h("td", {}, h("time", {}, time(call.at))),
    h("td", { class: "method" }, call.method),
    h("td", {}, h("bdi", {}, call.chat ? chatName(call.chat) : "")),
    h("td", { class: "answer" }, answer, call.fault ? h("span", { class: "person-code" }, t("askedFor")) : null));
}

export class JournalCard extends Card {
  constructor(strip) {
    super("journal", strip);
    this.calls = [];
    this.after = 0;
    this.parts.errors.addEventListener("change", () => this.draw());
    this.draw();
  }

  async refresh() {
    const answer = await get(`/calls?after=${this.after}`).catch(() => null);
    if (!answer) return;
    // After a reset the journal begins anew.
    if (answer.now < this.after) {
      this.after = 0;
      this.calls = [];
      await this.refresh();
      return;
    }
    this.after = answer.now;
    this.calls = [...this.calls, ...answer.calls].slice(-KEPT);
    if (answer.calls.length) this.draw();
  }

  forget() {
    this.after = 0;
    this.calls = [];
    this.draw();
  }

  draw() {
    const failed = this.calls.filter((call) => !call.ok);
    this.tell(failed.length ? t("journalErrors", { n: failed.length }) : t("journalCalls", { n: this.calls.length }), failed.length ? "bad" : "");
    const onlyErrors = this.parts.errors.checked;
    const shown = (onlyErrors ? failed : this.calls).slice(-SHOWN).reverse();
    this.parts.table.hidden = shown.length === 0;
    this.parts.empty.hidden = shown.length > 0;
    this.parts.empty.textContent = t(onlyErrors ? "journalNoErrors" : "journalEmpty");
    if (!this.open) return;
    syncList(this.parts.rows, shown.map((call) => ({
      key: String(call.n),
      state: JSON.stringify([call, currentLanguage(), call.chat ? chatName(call.chat) : ""]),
      make: () => row(call),
    })));
  }
}
