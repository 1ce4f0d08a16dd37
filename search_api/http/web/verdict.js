// Whether to believe an answer, in a sentence; and what to let go of where there is none.
import { asked, to } from "./address.js";
import { counted, link, listed, make, quoted, readable, sentence } from "./dom.js";
import { withFilters } from "./wording.js";

const NAMES = {
  style: "style",
  artist: "artist",
  genre: "genre",
  without_style: "excluded style",
  without_artist: "excluded artist",
  without_genre: "excluded genre",
  year_from: "first year",
  year_to: "last year",
  years: "years",
  min_coherence: "least coherence",
};

export function summary({ hits, candidates }) {
  if (!hits.length) return candidates ? "No painting reaches that coherence" : "No painting passes these filters";
  return candidates === 1 ? "One painting" : `${counted(candidates, "painting")}, the nearest first`;
}

// Null where there is nothing to say.
export function doubt({ match, words, hits }) {
  if (match === "strong" || !hits.length) return null;
  const unknown = words.filter((each) => each.match === "none").map((each) => quoted(each.word));
  const unsure = words.filter((each) => each.match === "weak").map((each) => quoted(each.word));
  if (unknown.length) {
    const guess = match === "none" ? "what is shown here is no more than a guess" : "trust the order only in part";
    const verb = unknown.length === 1 ? "names" : "name";
    return sentence(`${listed(unknown)} ${verb} no feeling that Moodseum knows; ${guess}.`, "doubt");
  }
  if (match === "none") {
    return sentence("No painting here evokes this more than an ordinary painting does.", "doubt");
  }
  return sentence(`${listed(unsure)} may name no feeling; trust the order only in part.`, "doubt");
}

export function relaxed({ query, relaxations }) {
  if (!relaxations.length) return null;
  return make("section", { class: "relaxations", "aria-label": "What would give paintings" },
    sentence("Ask for less:"),
    make("ul", { class: "chips" }, relaxations.map((each) => make("li", {}, offer(query, each)))));
}

function offer(query, { dropped, filters, paintings }) {
  const address = dropped.includes("min_coherence") ? to({ min_coherence: null }) : withFilters(query, filters);
  const what = dropped.map((name) => `${NAMES[name]}${value(query, name)}`);
  return link(`without the ${listed(what)}: ${counted(paintings, "painting")}`, address, { class: "button" });
}

function value({ filters }, name) {
  if (name === "years") return ` ${filters.year_from}–${filters.year_to}`;
  const said = name === "min_coherence" ? asked().get(name) : filters[name];
  return ` ${[said].flat().map(String).map(readable).join(", ")}`;
}
