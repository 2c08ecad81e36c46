// Puts the page together: the migrant's phone, the staff group, the strip, one long poll for all.

import { readAddress, writeAddress } from "./core/address.js";
import { get } from "./core/api.js";
import { arrowKeys, byId } from "./core/dom.js";
import { helpDialog } from "./core/help.js";
import { store } from "./core/store.js";
import { Tabs } from "./core/tabs.js";
import { nextTheme, startTheme } from "./core/theme.js";
import { attempt } from "./core/toast.js";
import { Watcher } from "./core/watcher.js";
import { currentLanguage, setLanguage, t, translatePage } from "./core/words.js";
import { pressAnswered } from "./chat/keyboards.js";
import { Phone } from "./people/phone.js";
import { GroupPane } from "./staff/group_pane.js";
import { Strip } from "./strip/strip.js";

const ACTION_MS = 1000;

class App {
  constructor() {
    const hooks = {
      onChange: () => this.changed(),
      refresh: () => this.watcher.refresh(),
    };
    this.watcher = new Watcher(() => this.inSight(), (answer, notices) => this.take(answer, notices), () => this.drawState());
    this.tabs = new Tabs((tab) => this.showTab(tab));
    this.phone = new Phone({ ...hooks, onShow: () => this.tabs.show(this.phone.root.dataset.view === "chat" ? "chat" : "people") });
    this.staff = new GroupPane({
      ...hooks,
      onShow: () => this.tabs.show("staff"),
      openPhone: (id) => this.phone.choose(id),
    });
    this.strip = new Strip({ openChats: () => this.inSight() });
    byId("language").value = currentLanguage();
    byId("language").addEventListener("change", (event) => this.speak(event.target.value));
    byId("theme").addEventListener("click", nextTheme);
    byId("help").addEventListener("click", helpDialog);
    arrowKeys(byId("people"), ".row");
    arrowKeys(byId("topics"), ".row");
    // What the bot is doing ends by itself, without a change.
    setInterval(() => this.drawState(), ACTION_MS);
  }

  inSight() {
    return [this.phone.current, this.staff.group].filter((id) => id !== null);
  }

  /** Something else is looked at. */
  changed() {
    attempt(() => this.learnBot());
    writeAddress({ person: this.phone.current, group: this.staff.group, topic: this.staff.topic });
    this.watcher.again();
  }

  /** Learn who the bot is: its first token decides, and it may be renamed. */
  async learnBot() {
    const { id, name } = await get(`/bot?language_code=${currentLanguage()}`);
    if (id === store.bot.id && name === store.bot.name) return;
    store.bot = { id, name };
    this.staff.redraw();
  }

  take(answer, notices) {
    const known = `${answer.session} ${answer.bot_connected}`;
    if (known !== this.botKnown) attempt(() => this.learnBot());
    this.botKnown = known;
    this.phone.update();
    this.staff.update();
    this.strip.update(answer);
    notices.forEach(pressAnswered);
    this.drawState();
  }

  drawState() {
    const unread = store.people.reduce((sum, one) => sum + (one.staff ? 0 : one.unread), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${t("title")}`;
    this.tabs.badge("people", unread);
    this.tabs.badge("staff", this.staff.unread);
    document.body.classList.toggle("offline", !store.online);
    this.phone.drawStatus();
    if (this.staff.pane.seat) this.staff.drawTopicHead();
  }

  /** On a phone: look at a part of the page. */
  showTab(tab) {
    if (tab === "people") this.phone.root.dataset.view = "list";
    if (tab === "chat") this.phone.root.dataset.view = "chat";
    if (tab === "staff" && this.tabs.current === "staff") this.staff.root.dataset.view = "list";
    this.tabs.show(tab);
    for (const pane of [this.phone.pane, this.staff.pane]) {
      if (pane.seat) pane.log.toEnd();
    }
  }

  speak(language) {
    setLanguage(language);
    translatePage();
    this.phone.translate();
    this.staff.redraw();
    this.strip.translate();
    this.drawState();
    attempt(() => this.learnBot());
  }

  async start() {
    const wanted = readAddress();
    translatePage();
    this.tabs.show("people");
    await attempt(() => this.watcher.refresh());
    if (wanted.group !== null && store.groups.some((one) => one.id === wanted.group)) this.staff.choose(wanted.group);
    if (store.people.some((one) => one.id === wanted.person)) this.phone.choose(wanted.person, { focus: false });
    if (wanted.group !== null && this.staff.group === wanted.group) this.staff.open(wanted.topic, { focus: false });
    if (wanted.person !== null) this.tabs.show("chat");
    this.watcher.run();
  }
}

startTheme();
new App().start();
