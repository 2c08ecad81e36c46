// Times, dates, sizes and names, as the page's language writes them.

import { currentLanguage, dateLanguage, t } from "./words.js";

export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(dateLanguage(), { hour: "2-digit", minute: "2-digit" });
}

/** The day of a moment: "today", or the date. `now` is the sandbox's time. */
export function dayOf(seconds, now) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date(now * 1000).toDateString()) return t("today");
  return date.toLocaleDateString(dateLanguage(), { day: "numeric", month: "long", year: "numeric" });
}

/** A moment in a list: the time today, else the date. */
export function shortMoment(seconds, now) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date(now * 1000).toDateString()) return clockTime(seconds);
  return date.toLocaleDateString(dateLanguage(), { day: "numeric", month: "short" });
}

/** A moment with its weekday, date and seconds. */
export function fullMoment(seconds) {
  return new Date(seconds * 1000).toLocaleString(dateLanguage(), {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
}

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** A span of time in its two largest units. */
export function span(seconds) {
  let left = Math.round(seconds);
  const parts = [];
  for (const [unit, length] of UNITS) {
    const amount = Math.floor(left / length);
    left -= amount * length;
    if (amount && parts.length < 2) {
      parts.push(new Intl.NumberFormat(currentLanguage(), { style: "unit", unit, unitDisplay: "short" }).format(amount));
    }
  }
  return parts.join(" ");
}

export function fileSize(bytes) {
  const unit = bytes < 1024 * 1024 ? "kilobyte" : "megabyte";
  const amount = bytes / (unit === "kilobyte" ? 1024 : 1024 * 1024);
  return new Intl.NumberFormat(currentLanguage(), { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

export function languageName(code) {
  return new Intl.DisplayNames([currentLanguage()], { type: "language" }).of(code);
}

/** A user's or a person's whole name. */
export function fullName(user) {
  return `${user.first_name ?? user.name ?? ""} ${user.last_name ?? ""}`.trim();
}
