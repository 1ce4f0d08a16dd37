// Narrowing an answer: values with counts, years, and how hits may differ.
import { asked, FILTERS, go, picked, to, YEARS } from "./address.js";
import { link, make, readable, refill } from "./dom.js";
import { get } from "./server.js";
import { withFilters, without } from "./wording.js";

const FIELDS = { style: "Style", artist: "Artist", genre: "Genre" };
const FIRST = 8;
const WIDE = matchMedia("(min-width: 64rem)");
let open = WIDE.matches; // as the visitor left it
const VARIETY = [["", "nearest first"], ["0.3", "some variety"], ["0.6", "much variety"]];

export function filters({ query, facets }) {
  const groups = Object.keys(FIELDS).map((field) => make("section", { id: `facet-${field}` }));
  groups.forEach((group, place) => fill(group, Object.keys(FIELDS)[place], query, facets));
  const panel = make("details", { class: "filters", open, ontoggle: ({ target }) => (open = target.open) },
    make("summary", {}, "Filters"), groups, years(query), options());
  return make("aside", { "aria-label": "Filters" }, panel);
}

// A chosen value hides its alternatives from the counts, so these are asked for without it.
async function fill(group, field, query, facets) {
  draw(group, field, query, facets[field]);
  if (!query.filters[field] && !query.filters[`without_${field}`]) return;
  const rest = { ...query.filters, [field]: null, [`without_${field}`]: null };
  const params = picked([...FILTERS, ...YEARS], new URLSearchParams(to(rest).slice(1)));
  const wider = await get("facets", params).catch(() => facets);
  draw(group, field, query, wider[field]);
}

function draw(group, field, query, counts) {
  if (!counts.length) return;
  const rows = counts.map((count) => row(field, query, count));
  const rest = rows.slice(FIRST);
  refill(group,
    make("h3", {}, FIELDS[field]),
    make("ul", {}, rows.slice(0, FIRST)),
    rest.length ? make("details", {}, make("summary", {}, `${rest.length} more`), make("ul", {}, rest)) : "",
  );
}

function row(field, query, { value, paintings }) {
  const [chosen, refused] = [field, `without_${field}`].map((name) => query.filters[name] ?? []);
  const isChosen = chosen.includes(value);
  const isRefused = refused.includes(value);
  const plus = isChosen ? without(chosen, value) : [...chosen, value];
  const minus = isRefused ? without(refused, value) : [...refused, value];
  const toggled = withFilters(query, { ...query.filters, [field]: plus, [`without_${field}`]: without(refused, value) });
  const barred = withFilters(query, { ...query.filters, [field]: without(chosen, value), [`without_${field}`]: minus });
  return make("li", { class: isRefused ? "refused" : null },
    make("a", { href: toggled, "aria-current": isChosen ? "true" : false, "data-keep": `${field} ${value}` },
      make("span", {}, readable(value)), make("small", {}, paintings.toLocaleString("en"))),
    link("not", barred, {
      class: "not",
      "aria-label": `${isRefused ? "Allow" : "Not"} ${readable(value)}`,
      "data-keep": `not ${field} ${value}`,
    }));
}

function years(query) {
  const input = (name, label) => make("label", {}, label,
    make("input", { type: "number", name, min: -9999, max: 9999, "data-keep": name,
      value: query.filters[name] ?? null, onchange: apply }));
  const apply = ({ target }) => go(withFilters(query, { ...query.filters, [target.name]: target.value || null }));
  return make("section", {}, make("h3", {}, "Painted"),
    make("div", { class: "pair" }, input("year_from", "from"), input("year_to", "to")));
}

function options() {
  const now = asked();
  const change = ({ target }) => go(to({ [target.name]: target.value || null }));
  const number = (name, label, limits) => make("label", { class: "row" }, label,
    make("input", { type: "number", name, "data-keep": name, value: now.get(name), onchange: change, ...limits }));
  const tick = ({ target }) => go(to({ fold: target.checked || null }));
  return make("section", {}, make("h3", {}, "Shown"),
    number("min_coherence", "Least coherence", { min: 0, max: 1, step: 0.05 }),
    number("per_artist", "At most of one artist", { min: 1, step: 1 }),
    make("label", { class: "row" }, "Order",
      make("select", { name: "diversity", "data-keep": "diversity", onchange: change }, VARIETY.map(([value, said]) =>
        make("option", { value, selected: value === (now.get("diversity") ?? "") }, said)))),
    make("label", { class: "tick" },
      make("input", { type: "checkbox", "data-keep": "fold", onchange: tick, checked: now.get("fold") === "true" }),
      "Hide near-duplicates"));
}
