// Small helpers for building elements. Text goes in as text nodes only, never as HTML.

/** Make an element: properties beginning with "on" are listeners, the rest attributes. */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** Make an icon from the page's sprite. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** The elements below `root` that have a name of their own (`data-part`), by that name. */
export function partsOf(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]));
}

/**
 * Bring a list to the wished nodes; what is right stays untouched, and so does the focus in it.
 * A node that `make` is not asked for again is kept as it is.
 * @param {Element} list its children carry `key` and `state` as properties
 * @param {Array<{key: string, state: string, make: () => Element}>} wanted in order
 */
export function syncList(list, wanted) {
  const known = new Map([...list.children].map((node) => [node.key, node]));
  const inFocus = list.contains(document.activeElement) ? focusedPlace(list) : null;
  let at = list.firstElementChild;
  for (const { key, state, make } of wanted) {
    const old = known.get(key);
    known.delete(key);
    let node = old;
    if (!old || old.state !== state) {
      node = make();
      node.key = key;
      node.state = state;
    }
    if (old && node !== old) {
      if (at === old) at = node;
      old.replaceWith(node);
    }
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
  for (const node of known.values()) node.remove();
  if (inFocus && !list.contains(document.activeElement)) focusAgain(list, inFocus);
}

const FOCUSABLE = "button, a, input, select, summary";

function focusedPlace(list) {
  const node = [...list.children].find((one) => one.contains(document.activeElement));
  return { key: node?.key, index: node ? [...node.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement) : -1 };
}

function focusAgain(list, { key, index }) {
  const node = [...list.children].find((one) => one.key === key);
  const inside = node ? [...node.querySelectorAll(FOCUSABLE)] : [];
  (inside[index] ?? inside[0])?.focus({ preventScroll: true });
}

/** Let the arrow keys move between the buttons of a list. */
export function arrowKeys(list, selector) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const items = [...list.querySelectorAll(selector)];
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    items.at((at + step) % items.length).focus();
  });
}
