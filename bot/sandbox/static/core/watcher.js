// One long poll for all that is in sight: people, groups, the open chats.

import { get } from "./api.js";
import { chatOf, store } from "./store.js";

const POLL_SECONDS = 25;
const RETRY_MS = 1500;

export class Watcher {
  /**
   * @param {() => Array<number>} inSight the chats to watch
   * @param {(answer: object, notices: Array<object>) => void} onAnswer called with what is new
   * @param {() => void} onState called when the connection comes or goes
   */
  constructor(inSight, onAnswer, onState) {
    this.inSight = inSight;
    this.onAnswer = onAnswer;
    this.onState = onState;
    this.polling = null;
  }

  /** Look at other chats from now on. */
  again() {
    this.polling?.abort();
  }

  /** Ask once without waiting, and take in the answer. */
  async refresh(signal) {
    const ids = this.inSight();
    const after = Math.min(store.now, ...ids.map((id) => chatOf(id).now));
    await this.ask(ids, after, 0, signal);
  }

  async ask(ids, after, wait, signal) {
    const answer = await get(`/watch?chats=${ids.join(",")}&after=${after}&wait=${wait}`, signal);
    const begun = store.session !== null && store.session !== answer.session;
    store.session = answer.session;
    // What this answer leaves out was before the number asked with, in a sandbox that is gone.
    if (begun && after > 0) {
      for (const chat of store.chats.values()) chat.forget();
      store.now = 0;
      await this.refresh(signal);
      return;
    }
    store.people = answer.people;
    store.groups = answer.groups;
    store.connected = answer.bot_connected;
    store.now = answer.now;
    const notices = [];
    for (const id of ids) {
      const view = answer.chats[id];
      if (view) notices.push(...chatOf(id).take(view));
      else chatOf(id).now = answer.now;
    }
    this.onAnswer(answer, notices);
  }

  async run() {
    for (;;) {
      this.polling = new AbortController();
      const { signal } = this.polling;
      try {
        const ids = this.inSight();
        const behind = ids.some((id) => chatOf(id).now < store.now);
        if (behind || !store.online) await this.refresh(signal);
        else await this.ask(ids, store.now, POLL_SECONDS, signal);
        if (!store.online) {
          store.online = true;
          this.onState();
        }
      } catch (error) {
        if (error.name === "AbortError") continue;
        if (store.online) {
          store.online = false;
          this.onState();
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}
