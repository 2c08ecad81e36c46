// The helpline's processes: whether they run, and switching them off and on.

import { get, post } from "../core/api.js";
import { h, syncList } from "../core/dom.js";
import { attempt } from "../core/toast.js";
import { currentLanguage, hasWords, t } from "../core/words.js";
import { Card } from "./card.js";

const TROUBLE = ["BACKOFF", "EXITED", "FATAL"];

function nameOf(part) {
  return hasWords(`part_${part.name}`) ? t(`part_${part.name}`) : part.name;
}

function stateOf(part) {
  return hasWords(`state_${part.state}`) ? t(`state_${part.state}`) : part.state;
}

export class PartsCard extends Card {
  constructor(strip) {
    super("parts", strip);
    this.all = null;
    this.busy = new Map();
    this.draw();
  }

  async refresh() {
    const before = JSON.stringify(this.all);
    // A supervisor that does not answer is no reason for a notice every few seconds.
    this.all = await get("/parts").catch(() => this.all);
    if (JSON.stringify(this.all) !== before) this.draw();
  }

  async turn(part, running) {
    this.busy.set(part.name, running);
    this.draw();
    const changed = await attempt(() => post("/parts", { name: part.name, running }));
    this.busy.delete(part.name);
    if (changed) this.all = this.all.map((one) => (one.name === part.name ? changed : one));
    this.draw();
  }

  draw() {
    const all = this.all ?? [];
    const off = all.filter((part) => !part.running);
    if (this.all === null) this.tell("");
    else if (!all.length) this.tell(t("partsNone"));
    else this.tell(off.length ? t("partsOff", { n: off.length }) : t("partsAll"), off.length ? "bad" : "");
    this.parts.alone.hidden = this.all === null || all.length > 0;
    this.parts.quick.hidden = all.length === 0;
    syncList(this.parts.switches, all.map((part) => ({
      key: part.name,
      state: JSON.stringify([part, this.busy.get(part.name), currentLanguage()]),
      make: () => this.switch(part),
    })));
    syncList(this.parts.hints, all.map((part) => ({
      key: part.name,
      state: JSON.stringify([part, currentLanguage()]),
      make: () => h("li", {}, h("strong", {}, nameOf(part)), " ",
        h("span", { class: TROUBLE.includes(part.state) ? "bad" : "muted" }, stateOf(part)),
        hasWords(`hint_${part.name}`) ? h("p", { class: "muted" }, t(`hint_${part.name}`)) : null),
    })));
  }

  switch(part) {
    const busy = this.busy.has(part.name);
    const running = busy ? this.busy.get(part.name) : part.running;
    const name = nameOf(part);
    return h("li", {}, h("button", {
      type: "button", class: "switch", role: "switch", "data-switch": part.name, "aria-checked": String(running), "aria-busy": busy ? "true" : null,
      title: `${name}: ${stateOf(part)}`, onclick: () => !busy && this.turn(part, !part.running),
    }, h("span", { class: "track" }), h("span", {}, name)));
  }
}
