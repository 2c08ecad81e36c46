// Failures of Telegram on demand: 429, 500, slow answers, cut connections.

import { get, post, withdrawAll } from "../core/api.js";
import { h, icon, syncList } from "../core/dom.js";
import { chatName } from "../core/store.js";
import { attempt } from "../core/toast.js";
import { currentLanguage, t } from "../core/words.js";
import { Card } from "./card.js";

const KINDS = {
  fault429short: { error_code: 429, retry_after: 5 },
  fault429long: { error_code: 429, retry_after: 30 },
  fault500: { error_code: 500 },
  faultSlow: { delay: 8 },
  faultCut: { cut: true },
};
const METHODS = ["*", "sendMessage", "copyMessage", "editMessageText", "createForumTopic", "answerCallbackQuery", "getUpdates"];

function nameOf(fault) {
  if (fault.error_code === 429) return `429 · ${t("seconds", { n: fault.retry_after ?? 1 })}`;
  if (fault.error_code) return String(fault.error_code);
  return fault.cut ? t("faultCut") : `${t("faultSlow")} · ${t("seconds", { n: fault.delay })}`;
}

export class FaultsCard extends Card {
  /** @param {() => Array<number>} openChats the chats that a fault can be asked for */
  constructor(strip, openChats) {
    super("faults", strip);
    this.openChats = openChats;
    this.waiting = [];
    for (const kind of Object.keys(KINDS)) {
      this.parts.quick.append(h("button", { type: "button", class: "chip", "data-fault": kind, "data-t": kind, onclick: () => this.ask(kind) }));
    }
    this.parts.method.append(...METHODS.map((method) => h("option", { value: method }, method)));
    this.parts.takeBackAll.addEventListener("click", () => this.takeBack(() => withdrawAll("/fault")));
    this.translate();
  }

  async ask(kind) {
    const { where, times, method } = this.parts;
    const chat = Number(where.value);
    await attempt(() => post("/fault", { ...KINDS[kind], method: method.value || "*", times: Number(times.value) || 1, ...(chat ? { chat } : {}) }));
    await this.refresh();
  }

  async takeBack(work) {
    await attempt(work);
    await this.refresh();
  }

  async refresh() {
    const answer = await get("/fault").catch(() => null);
    if (!answer) return;
    this.waiting = answer.faults;
    this.draw();
  }

  draw() {
    const { where, method, takeBackAll, waiting } = this.parts;
    this.tell(this.waiting.length ? t("faultsWaiting", { n: this.waiting.length }) : t("faultsNone"), this.waiting.length ? "warn" : "");
    for (const button of this.parts.quick.children) button.title = t(`${button.dataset.fault}Why`);
    method.options[0].textContent = t("anyMethod");
    const chats = [["", t("allChats")], ...this.openChats().map((id) => [id, chatName(id)])];
    const state = JSON.stringify(chats);
    if (where.dataset.state !== state) {
      const chosen = where.value;
      where.dataset.state = state;
      where.replaceChildren(...chats.map(([value, label]) => h("option", { value }, label)));
      where.value = chats.some(([value]) => String(value) === chosen) ? chosen : "";
    }
    takeBackAll.hidden = this.waiting.length < 2;
    syncList(waiting, this.waiting.map((fault, at) => ({
      key: String(at),
      state: JSON.stringify([fault, currentLanguage()]),
      make: () => this.row(fault),
    })));
  }

  row(fault) {
    const name = nameOf(fault);
    const method = (fault.method ?? "*") === "*" ? t("anyMethod") : fault.method;
    const about = [method, fault.chat ? chatName(fault.chat) : t("allChats"), t("timesLeft", { n: fault.times ?? 1 })];
    return h("li", { class: "fault" }, h("strong", {}, name), h("span", { class: "muted" }, about.join(" · ")),
      h("button", {
        type: "button", class: "icon small", "aria-label": `${t("takeBack")}: ${name}`, title: t("takeBack"),
        onclick: () => this.takeBack(() => post("/fault/withdraw", fault)),
      }, icon("close")));
  }
}
