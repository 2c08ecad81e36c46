// The page's own words in Russian, Kazakh and English.

const WORDS = {
  banner: {
    ru: "Песочница: это не Telegram, наружу ничего не уходит",
    kk: "Сынақ алаңы: бұл Telegram емес, ештеңе сыртқа шықпайды",
    en: "Sandbox: this is not Telegram, nothing leaves this machine",
  },
  people: { ru: "Люди", kk: "Адамдар", en: "People" },
  language: { ru: "Язык страницы", kk: "Бет тілі", en: "Page language" },
  theme: { ru: "Светлая или тёмная тема", kk: "Ашық не қараңғы түс", en: "Light or dark" },
  reset: { ru: "Начать всё заново", kk: "Бәрін басынан бастау", en: "Start all over" },
  resetAsk: {
    ru: "Удалить всех людей и переписку песочницы?",
    kk: "Сынақ алаңындағы адамдар мен хат алмасуды өшіру керек пе?",
    en: "Delete all people and chats of the sandbox?",
  },
  addPerson: { ru: "Добавить человека", kk: "Адам қосу", en: "Add a person" },
  editPerson: { ru: "Изменить человека", kk: "Адамды өзгерту", en: "Change the person" },
  name: { ru: "Имя", kk: "Аты", en: "Name" },
  appLanguage: { ru: "Язык приложения", kk: "Қолданба тілі", en: "App language" },
  back: { ru: "К списку людей", kk: "Адамдар тізіміне", en: "Back to people" },
  chatMenu: { ru: "Меню чата", kk: "Чат мәзірі", en: "Chat menu" },
  messages: { ru: "Сообщения", kk: "Хабарлар", en: "Messages" },
  message: { ru: "Сообщение", kk: "Хабарлама", en: "Message" },
  attach: { ru: "Прикрепить", kk: "Тіркеу", en: "Attach" },
  commands: { ru: "Команды бота", kk: "Бот командалары", en: "Bot commands" },
  keyboard: { ru: "Кнопки бота", kk: "Бот батырмалары", en: "Bot buttons" },
  send: { ru: "Отправить", kk: "Жіберу", en: "Send" },
  save: { ru: "Сохранить", kk: "Сақтау", en: "Save" },
  cancel: { ru: "Отмена", kk: "Бас тарту", en: "Cancel" },
  close: { ru: "Закрыть", kk: "Жабу", en: "Close" },
  ok: { ru: "Понятно", kk: "Түсінікті", en: "OK" },
  toEnd: { ru: "К последнему сообщению", kk: "Соңғы хабарламаға", en: "To the last message" },
  choosePerson: {
    ru: "Выберите слева, от чьего имени писать боту",
    kk: "Ботқа кімнің атынан жазатыныңызды сол жақтан таңдаңыз",
    en: "Choose on the left who writes to the bot",
  },
  start: { ru: "Начать", kk: "Бастау", en: "Start" },
  startWith: { ru: "По ссылке с параметром", kk: "Параметрі бар сілтемемен", en: "By a link with a payload" },
  startPayload: { ru: "Параметр /start", kk: "/start параметрі", en: "/start payload" },
  emptyChat: {
    ru: "Здесь пока пусто. Нажмите «Начать», как это сделал бы человек в Telegram.",
    kk: "Әзірге бос. Telegram-дағыдай «Бастау» түймесін басыңыз.",
    en: "Nothing here yet. Press “Start”, as a person in Telegram would.",
  },
  restart: { ru: "Разблокировать и начать снова", kk: "Бұғаттан шығарып, қайта бастау", en: "Unblock and start again" },
  block: { ru: "Заблокировать бота", kk: "Ботты бұғаттау", en: "Block the bot" },
  blocked: { ru: "бот заблокирован", kk: "бот бұғатталған", en: "bot is blocked" },
  botOn: { ru: "бот на связи", kk: "бот байланыста", en: "bot is connected" },
  botOff: { ru: "бот не подключён", kk: "бот қосылмаған", en: "bot is not connected" },
  offline: { ru: "нет связи с песочницей…", kk: "сынақ алаңымен байланыс жоқ…", en: "no connection to the sandbox…" },
  notStarted: { ru: "ещё не писал(а)", kk: "әлі жазбаған", en: "has not written yet" },
  you: { ru: "Вы", kk: "Сіз", en: "You" },
  edited: { ru: "изменено", kk: "өзгертілген", en: "edited" },
  messageMenu: { ru: "Действия с сообщением", kk: "Хабарлама әрекеттері", en: "Message actions" },
  reply: { ru: "Ответить", kk: "Жауап беру", en: "Reply" },
  edit: { ru: "Изменить", kk: "Өзгерту", en: "Edit" },
  editing: { ru: "Изменение", kk: "Өзгерту", en: "Editing" },
  replying: { ru: "Ответ", kk: "Жауап", en: "Reply" },
  remove: { ru: "Удалить", kk: "Өшіру", en: "Delete" },
  forward: { ru: "Переслать боту", kk: "Ботқа қайта жіберу", en: "Forward to the bot" },
  copy: { ru: "Копировать текст", kk: "Мәтінді көшіру", en: "Copy text" },
  copied: { ru: "Скопировано", kk: "Көшірілді", en: "Copied" },
  forwardedFrom: { ru: "Переслано от {name}", kk: "{name} жіберген", en: "Forwarded from {name}" },
  photo: { ru: "Фото", kk: "Фото", en: "Photo" },
  voice: { ru: "Голосовое сообщение", kk: "Дауыстық хабарлама", en: "Voice message" },
  audio: { ru: "Аудио", kk: "Аудио", en: "Audio" },
  video: { ru: "Видео", kk: "Бейне", en: "Video" },
  video_note: { ru: "Видеосообщение", kk: "Бейнехабарлама", en: "Video message" },
  animation: { ru: "GIF", kk: "GIF", en: "GIF" },
  sticker: { ru: "Стикер", kk: "Стикер", en: "Sticker" },
  document: { ru: "Файл", kk: "Файл", en: "File" },
  location: { ru: "Место на карте", kk: "Картадағы орын", en: "Location" },
  venue: { ru: "Место на карте", kk: "Картадағы орын", en: "Place" },
  contact: { ru: "Контакт", kk: "Байланыс", en: "Contact" },
  openMap: { ru: "Открыть карту", kk: "Картаны ашу", en: "Open the map" },
  place: { ru: "Где вы?", kk: "Қайдасыз?", en: "Where are you?" },
  almaty: { ru: "Алматы", kk: "Алматы", en: "Almaty" },
  astana: { ru: "Астана", kk: "Астана", en: "Astana" },
  shymkent: { ru: "Шымкент", kk: "Шымкент", en: "Shymkent" },
  ownPlace: { ru: "Свои координаты", kk: "Өз координаттарыңыз", en: "Own coordinates" },
  latitude: { ru: "Широта", kk: "Ендік", en: "Latitude" },
  longitude: { ru: "Долгота", kk: "Бойлық", en: "Longitude" },
  phone: { ru: "Номер телефона", kk: "Телефон нөмірі", en: "Phone number" },
  shareContact: { ru: "Отправить боту свой номер?", kk: "Ботқа нөміріңізді жібересіз бе?", en: "Share your number with the bot?" },
  caption: { ru: "Подпись", kk: "Сипаттама", en: "Caption" },
  chooseFile: { ru: "Свой файл…", kk: "Өз файлыңыз…", en: "Own file…" },
  sampleFile: { ru: "Пример", kk: "Үлгі", en: "Sample" },
  play: { ru: "Слушать", kk: "Тыңдау", en: "Play" },
  pause: { ru: "Пауза", kk: "Кідірту", en: "Pause" },
  seconds: { ru: "{n} с", kk: "{n} с", en: "{n} s" },
  openLink: { ru: "Открыть ссылку", kk: "Сілтемені ашу", en: "Open the link" },
  noAnswer: { ru: "Бот не ответил на нажатие", kk: "Бот басуға жауап бермеді", en: "The bot did not answer the press" },
  gone: { ru: "Файл больше не хранится", kk: "Файл енді сақталмайды", en: "The file is no longer kept" },
  unread: { ru: "непрочитанных: {n}", kk: "оқылмаған: {n}", en: "unread: {n}" },
  delivered: { ru: "отправлено", kk: "жіберілді", en: "sent" },
  typing: { ru: "печатает", kk: "жазып жатыр", en: "is typing" },
  busy: { ru: "отправляет файл", kk: "файл жіберуде", en: "is sending a file" },
  today: { ru: "Сегодня", kk: "Бүгін", en: "Today" },
  failed: { ru: "Не получилось: {why}", kk: "Болмады: {why}", en: "That did not work: {why}" },
};

const KEY = "sandbox-language";
export const LANGUAGES = ["ru", "kk", "en"];
let language = firstLanguage();

function firstLanguage() {
  const stored = localStorage.getItem(KEY);
  if (LANGUAGES.includes(stored)) return stored;
  const wanted = (navigator.language || "ru").slice(0, 2);
  return LANGUAGES.includes(wanted) ? wanted : "ru";
}

export function currentLanguage() {
  return language;
}

export function setLanguage(code) {
  language = code;
  localStorage.setItem(KEY, code);
}

/** Return a word or sentence of the page, with {names} filled in. */
export function t(key, values = {}) {
  const words = WORDS[key];
  if (!words) throw new Error(`no text for ${key}`);
  return words[language].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Write the page's words into the elements that ask for them. */
export function translatePage(root = document) {
  document.documentElement.lang = language;
  document.title = t("banner").split(":")[0];
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.tLabel);
  }
  for (const node of root.querySelectorAll("[data-t-hint]")) node.placeholder = t(node.dataset.tHint);
}
