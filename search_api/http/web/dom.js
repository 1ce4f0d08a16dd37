// Building elements. Texts stay texts: nothing is ever parsed as markup.
export const $ = (id) => document.getElementById(id);

// Attributes that are false or missing are left out; those that begin with "on" listen.
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// Put other children into an element; the focus stays on what is kept under the same `data-keep`.
export function refill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  element.replaceChildren(...children);
  if (!focused?.dataset.keep) return;
  const again = [...element.querySelectorAll("[data-keep]")].find(({ dataset }) => dataset.keep === focused.dataset.keep);
  again?.focus({ preventScroll: true });
}

export const link = (text, href, attributes = {}) => make("a", { href, ...attributes }, text);

export const bar = (value, label, kind = null) =>
  make("meter", { min: 0, max: 1, value, class: kind, "aria-label": label });

// Links of which one is where we are.
export const tabs = (label, choices) =>
  make("nav", { class: "tabs", "aria-label": label }, choices.map(([text, href, here]) =>
    link(text, href, { "aria-current": here ? "true" : false })));

export const sentence = (text, kind = null) => make("p", { class: kind }, text);

export const readable = (value) => value.replace(/_(?=\w$)/, "-").replaceAll("_", " "); // Ukiyo-e, Pop Art
export const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
export const listed = (words) => new Intl.ListFormat("en-GB").format(words);
export const quoted = (word) => `“${word}”`;
