// Light or dark: as the device wishes, until somebody chooses.

const KEY = "sandbox-theme";

function set(theme) {
  document.documentElement.dataset.theme = theme;
}

export function startTheme() {
  set(localStorage.getItem(KEY) ?? "auto");
}

export function nextTheme() {
  const shown = document.documentElement.dataset.theme;
  const dark = shown === "dark" || (shown === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  const next = dark ? "light" : "dark";
  localStorage.setItem(KEY, next);
  set(next);
}
