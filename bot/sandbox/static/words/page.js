// Words of the whole page: the banner, the tabs, dialogs.

export default {
  title: { ru: "Песочница", kk: "Сынақ алаңы", en: "Sandbox" },
  banner: {
    ru: "Песочница: это не Telegram, наружу ничего не уходит",
    kk: "Сынақ алаңы: бұл Telegram емес, ештеңе сыртқа шықпайды",
    en: "Sandbox: this is not Telegram, nothing leaves this machine",
  },
  language: { ru: "Язык страницы", kk: "Бет тілі", en: "Page language" },
  theme: { ru: "Светлая или тёмная тема", kk: "Ашық не қараңғы түс", en: "Light or dark" },
  help: { ru: "Как здесь работать", kk: "Мұнда қалай жұмыс істейді", en: "How to work here" },
  helpPhone: {
    ru: "Слева телефон мигранта: выберите человека и пишите боту от его имени.",
    kk: "Сол жақта — мигранттың телефоны: адамды таңдап, ботқа соның атынан жазыңыз.",
    en: "On the left is the migrant's phone: choose a person and write to the bot as them.",
  },
  helpStaff: {
    ru: "Справа рабочая группа: вверху выберите, за кого из сотрудников действуете.",
    kk: "Оң жақта — қызметкерлер тобы: қай қызметкердің атынан әрекет ететініңізді жоғарыдан таңдаңыз.",
    en: "On the right is the staff group: choose at its top as which of the staff you act.",
  },
  helpStrip: {
    ru: "Внизу пульт: время, поломки, ошибки Telegram, журнал и запись.",
    kk: "Төменде — пульт: уақыт, ақаулар, Telegram қателері, журнал және жазба.",
    en: "Below are the controls: time, breakdowns, Telegram's errors, the journal, recording.",
  },
  helpKeys: { ru: "Клавиши", kk: "Пернелер", en: "Keys" },
  keyEnter: { ru: "отправить; с Shift — новая строка", kk: "жіберу; Shift-пен — жаңа жол", en: "send; with Shift a new line" },
  keyUp: {
    ru: "в пустом поле — изменить своё последнее сообщение",
    kk: "бос өрісте — соңғы хабарламаңызды өзгерту",
    en: "in an empty field: change your last message",
  },
  keyEscape: { ru: "закрыть или отменить", kk: "жабу немесе бас тарту", en: "close or cancel" },
  keyNext: {
    ru: "к следующей части страницы; с Shift — к предыдущей",
    kk: "беттің келесі бөлігіне; Shift-пен — алдыңғысына",
    en: "to the next part of the page; with Shift to the one before",
  },
  tabs: { ru: "Части страницы", kk: "Бет бөліктері", en: "Parts of the page" },
  tabPeople: { ru: "Люди", kk: "Адамдар", en: "People" },
  tabChat: { ru: "Чат", kk: "Чат", en: "Chat" },
  tabStaff: { ru: "Группа", kk: "Топ", en: "Group" },
  tabStrip: { ru: "Пульт", kk: "Пульт", en: "Controls" },
  save: { ru: "Сохранить", kk: "Сақтау", en: "Save" },
  cancel: { ru: "Отмена", kk: "Бас тарту", en: "Cancel" },
  close: { ru: "Закрыть", kk: "Жабу", en: "Close" },
  ok: { ru: "Понятно", kk: "Түсінікті", en: "OK" },
  openLink: { ru: "Открыть ссылку", kk: "Сілтемені ашу", en: "Open the link" },
  today: { ru: "Сегодня", kk: "Бүгін", en: "Today" },
  offline: { ru: "нет связи с песочницей…", kk: "сынақ алаңымен байланыс жоқ…", en: "no connection to the sandbox…" },
  failed: { ru: "Не получилось: {why}", kk: "Болмады: {why}", en: "That did not work: {why}" },
};
