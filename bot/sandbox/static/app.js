// Puts the page together: one long poll feeds the list of people and the open chat.

import { get, post } from "./api.js";
import { Chat, ChatView } from "./chat.js";
import { composeAs, refreshCommands, send, sendAsked, startComposer } from "./composer.js";
import { confirmDialog, menuDialog, personDialog } from "./dialogs.js";
import { byId } from "./dom.js";
import { showReplyKeyboard } from "./keyboards.js";
import { currentLanguage, setLanguage, t, translatePage } from "./messages.js";
import { showPeople } from "./people.js";
import { toast } from "./toast.js";

const POLL_SECONDS = 25;
const RETRY_MS = 1500;

const app = { people: [], now: 0, current: null, chats: new Map(), connected: false, online: true, botName: "", polling: null };
let view;

const person = (id = app.current) => app.people.find((one) => one.id === id);
const chat = () => app.chats.get(app.current);

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(t("failed", { why: error.message }));
    return undefined;
  }
}

function drawStatus() {
  const status = byId("chat-status");
  const open = chat();
  const busy = open?.action === "typing" ? t("typing") : open?.action ? t("busy") : "";
  status.textContent = !app.online ? t("offline") : open?.blocked ? t("blocked") : busy || t(app.connected ? "botOn" : "botOff");
  status.classList.toggle("active", Boolean(busy));
  status.classList.toggle("bad", !app.online || !app.connected);
  document.body.classList.toggle("offline", !app.online);
}

function drawFoot() {
  const open = chat();
  if (!open) return;
  byId("intro").hidden = open.started;
  byId("unblock").hidden = !open.blocked;
  byId("composer").hidden = !open.started || open.blocked;
  const usable = open.started && !open.blocked;
  showReplyKeyboard(usable ? open.keyboard : null, open.keyboardOpen, sendAsked);
}

function drawPeople() {
  showPeople(app.people, app.current, choose);
  const unread = app.people.reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${t("banner").split(":")[0]}`;
}

function choose(id) {
  app.current = id;
  if (!app.chats.has(id)) app.chats.set(id, new Chat(id));
  byId("shell").dataset.view = "chat";
  byId("chat").hidden = false;
  byId("nobody").hidden = true;
  history.replaceState(null, "", `#${id}`);
  composeAs(person(id));
  view.open(chat());
  byId("chat-title").textContent = app.botName;
  drawFoot();
  drawStatus();
  drawPeople();
  attempt(showBot);
  attempt(refreshCommands);
  app.polling?.abort();
}

function closeChat() {
  byId("shell").dataset.view = "people";
  byId("people").querySelector(`[data-person="${app.current}"]`)?.focus();
}

async function showBot() {
  const bot = await get(`/bot?language_code=${person()?.language_code ?? ""}`);
  app.botName = bot.name;
  byId("chat-title").textContent = bot.name;
}

function takePeople(answer) {
  app.people = answer.people;
  app.now = answer.now;
  app.connected = answer.bot_connected;
  if (app.current !== null && !person()) leaveGone();
}

/** The person is gone with a reset: back to the list. */
function leaveGone() {
  app.chats.delete(app.current);
  app.current = null;
  history.replaceState(null, "", "#");
  byId("chat").hidden = true;
  byId("nobody").hidden = false;
  byId("shell").dataset.view = "people";
  drawPeople();
}

async function pollOnce(signal) {
  const open = chat();
  if (!open) {
    takePeople(await get(`/people?after=${app.now}&wait=${app.people.length ? POLL_SECONDS : 0}`, signal));
    drawPeople();
    return;
  }
  // A chat seen for the first time, and one with somebody typing, must not wait long.
  const wait = open.session === null ? 0 : open.action ? 3 : POLL_SECONDS;
  const answer = await get(`/chats/${open.personId}?after=${open.now}&wait=${wait}&people=1`, signal);
  const previous = open.session;
  if (!answer.gone) open.take(answer);
  takePeople(answer);
  if (answer.gone) return;
  if (open === chat()) {
    view.update(answer, previous);
    drawFoot();
    if (previous !== null) attempt(refreshCommands);
  }
  drawStatus();
  drawPeople();
}

async function pollForever() {
  for (;;) {
    app.polling = new AbortController();
    try {
      await pollOnce(app.polling.signal);
      app.online = true;
    } catch (error) {
      if (error.name === "AbortError") continue;
      app.online = false;
      drawStatus();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function openChatMenu() {
  const open = chat();
  const chosen = await menuDialog(person().name, [
    { value: "person", label: t("editPerson") },
    open.started && !open.blocked ? { value: "block", label: t("block"), kind: "danger" } : null,
  ].filter(Boolean));
  if (chosen === "block") await attempt(() => post("/block", { user: app.current }));
  if (chosen === "person") {
    const changed = await personDialog(person());
    if (changed) await attempt(() => post("/people", { id: app.current, ...changed }));
    attempt(showBot);
  }
}

async function addPerson() {
  const told = await personDialog();
  if (!told) return;
  const answer = await attempt(() => post("/people", told));
  if (!answer) return;
  takePeople(await get("/people"));
  choose(answer.person.id);
}

async function resetAll() {
  if (await confirmDialog(t("resetAsk"))) await attempt(() => post("/reset"));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("sandbox-theme", theme);
}

function nextTheme() {
  const shown = document.documentElement.dataset.theme;
  const dark = shown === "dark" || (shown === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  setTheme(dark ? "light" : "dark");
}

function changeLanguage(event) {
  setLanguage(event.target.value);
  translatePage();
  byId("start").textContent = t("start");
  drawPeople();
  drawStatus();
  if (chat()) {
    view.drawAll();
    drawFoot();
  }
}

function start() {
  setTheme(localStorage.getItem("sandbox-theme") ?? "auto");
  translatePage();
  byId("start").textContent = t("start");
  byId("language").value = currentLanguage();
  byId("chat").hidden = true;
  view = new ChatView();
  startComposer(() => chat()?.lastOwnText());
  byId("language").addEventListener("change", changeLanguage);
  byId("theme").addEventListener("click", nextTheme);
  byId("reset").addEventListener("click", resetAll);
  byId("add-person").addEventListener("click", addPerson);
  byId("back").addEventListener("click", closeChat);
  byId("chat-menu").addEventListener("click", openChatMenu);
  byId("keys").addEventListener("click", () => {
    chat().keyboardOpen = !chat().keyboardOpen;
    drawFoot();
  });
  byId("start").addEventListener("click", () => {
    const payload = byId("payload").value.trim();
    byId("payload").value = "";
    send({ text: payload ? `/start ${payload}` : "/start" });
  });
  byId("unblock").addEventListener("click", () => attempt(async () => {
    await post("/unblock", { user: app.current });
    await send({ text: "/start" });
  }));
  document.addEventListener("visibilitychange", () => view.stuck && view.read());
  const wanted = Number(location.hash.slice(1));
  attempt(async () => {
    takePeople(await get("/people"));
    drawPeople();
    if (person(wanted)) choose(wanted);
    pollForever();
  });
}

start();
