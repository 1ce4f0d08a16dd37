// The address bar holds the whole state, so that links can be shared and the back button works.
export const FILTERS = ["style", "artist", "genre", "without_style", "without_artist", "without_genre"];
export const YEARS = ["year_from", "year_to"];
export const OPTIONS = ["min_coherence", "per_artist", "diversity", "fold"];
const SEARCH = ["q", ...FILTERS, ...YEARS, ...OPTIONS, "top_k"];
const DIALOG = ["painting", "show", "word"];
const MIXTURE = ["liked", "disliked", "felt", "unfelt"];

export const here = () => new URLSearchParams(location.search);

// Only these parameters; what a friend's mail program has added to a link is no question of ours.
export function picked(names, from = here()) {
  return new URLSearchParams([...from].filter(([name, value]) => names.includes(name) && value !== ""));
}

export const asked = () => picked(SEARCH);

// The address with some parameters changed: a list repeats one, null leaves it out.
export function to(changes, from = here()) {
  const params = new URLSearchParams(from);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const each of [value].flat()) {
      if (each !== null && each !== undefined && each !== "") params.append(name, each);
    }
  }
  return String(params) ? `?${params}` : "./";
}

export const fresh = (params) => to(params, new URLSearchParams());
// What a visitor mixes: ids and words to go towards or away from, under filters, compared by feeling or by look.
export function mixture() {
  const lists = [...MIXTURE, ...FILTERS, ...YEARS].map((name) => [name, [...new Set(here().getAll(name))]]);
  return { ...Object.fromEntries(lists), by: here().get("by") === "look" ? "look" : "feeling" };
}

export const isMixed = (params) => MIXTURE.some((name) => params.has(name));
export const mixed = ({ by, ...lists }) => fresh({ ...lists, by: by === "look" ? by : null });
export const opened = (painting, show, word = null) => to({ painting, show, word });
export const closed = () => to(Object.fromEntries(DIALOG.map((name) => [name, null])));
export const behind = (params) => String(picked([...params.keys()].filter((name) => !DIALOG.includes(name)), params));

// Moves within a dialog, and out of it, are no steps for the back button.
export function go(address) {
  const then = new URLSearchParams(address.split("?")[1]);
  history.replaceState({ ...history.state, scroll: scrollY }, "");
  if (here().has("painting") && behind(then) === behind(here())) history.replaceState(history.state, "", address);
  else history.pushState({ inside: true }, "", address);
  dispatchEvent(new Event("moved"));
}

// Addresses of our own page are followed without loading it anew.
export function followLinks() {
  document.addEventListener("click", (event) => {
    const href = event.target.closest?.("a")?.getAttribute("href");
    const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (elsewhere || !(href === "./" || href?.startsWith("?"))) return;
    event.preventDefault();
    go(href);
  });
}
