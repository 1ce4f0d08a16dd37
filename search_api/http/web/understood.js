// How a question was understood, as chips: each leads to the same question without it.
import { asked, go, to } from "./address.js";
import { link, listed, make, quoted, readable, sentence } from "./dom.js";
import { feeling, feelings, weighed, withFeelings, withFilters, without } from "./wording.js";

const WEIGHTS = [
  [2, "above all"],
  [1.25, "very"],
  [1, "plainly"],
  [0.5, "slightly"],
  [-0.5, "rather not"],
  [-1, "not"],
];
const SAID = {
  style: (value) => readable(value),
  artist: (value) => `by ${value}`,
  genre: (value) => readable(value),
  without_style: (value) => `not ${readable(value)}`,
  without_artist: (value) => `not by ${value}`,
  without_genre: (value) => `not ${readable(value)}`,
  year_from: (year) => `since ${year}`,
  year_to: (year) => `until ${year}`,
};

export function understood(query) {
  const filters = filterChips(query.filters, (rest) => withFilters(query, rest));
  const chips = [...query.emotions.map((_, place) => felt(query, place)), ...filters, ...least()];
  return make("section", { class: "understood", "aria-label": "How the question was understood" },
    make("ul", { class: "chips" }, chips),
    query.ignored.length > 0 && ignored(query),
    query.lacking.length > 0 && lacking(query),
    query.respelt.map((word) => respelt(query, word)));
}

const named = ({ word, weight }) => (weight < 0 ? `not ${word}` : word);

function felt(query, place) {
  const emotion = query.emotions[place];
  const parts = feelings(query);
  const several = parts.length > 1;
  const kind = emotion.weight < 0 ? "feeling avoided" : "feeling";
  const anew = (weight) => withFeelings(query, parts.with(place, weighed(parts[place], weight)));
  return make("li", { class: `chip ${kind}` },
    several || emotion.weight > 0 ? [weights(emotion, anew, several), ` ${emotion.word}`] : named(emotion),
    several && remove(emotion.word, withFeelings(query, parts.toSpliced(place, 1))));
}

// A feeling that stands alone can be graded, but not refused.
function weights(emotion, address, several) {
  const usual = WEIGHTS.filter(([weight]) => several || weight > 0);
  const known = usual.some(([weight]) => weight === emotion.weight);
  const choices = known ? usual : [[emotion.weight, `× ${emotion.weight}`], ...usual];
  const weigh = ({ target }) => go(address(Number(target.value)));
  return make("select", { "aria-label": `How much ${emotion.word} counts`, "data-keep": emotion.word, onchange: weigh },
    choices.map(([weight, said]) => make("option", { value: weight, selected: weight === emotion.weight }, said)));
}

// A chip for each value of a filter; `address` tells where the filters lead that are left without it.
export function filterChips(filters, address) {
  return Object.entries(filters).flatMap(([field, values]) => [values].flat().map((value) => {
    const rest = Array.isArray(values) ? without(values, value) : null;
    const said = SAID[field](value);
    return make("li", { class: "chip" }, said, remove(said, address({ ...filters, [field]: rest })));
  }));
}

function least() {
  const least = asked().get("min_coherence");
  const said = `coherence from ${least}`;
  return least ? [make("li", { class: "chip" }, said, remove(said, to({ min_coherence: null })))] : [];
}

function ignored(query) {
  const asFeeling = (word) => withFeelings(query, [...feelings(query), feeling(word.toLowerCase())]);
  return make("p", { class: "ignored" }, "Left out: ",
    query.ignored.map((word) => [
      link(word, asFeeling(word), {
        "aria-label": `Ask for ${quoted(word)} as a feeling`,
        title: "Ask for it as a feeling",
      }),
      " ",
    ]),
    remove("these words", withFeelings(query, feelings(query))));
}

function lacking(query) {
  const names = query.lacking.map(({ field, name }) => `no ${field} ${quoted(name)}`);
  return sentence(`The index has ${listed(names)}.`, "ignored");
}

function respelt(query, { typed, read }) {
  const asTyped = feelings(query).map((part) => part.replace(feeling(read), feeling(typed)));
  return make("p", { class: "ignored" }, `${quoted(typed)} is read as ${quoted(read)}; `,
    link("leave it as it is", withFeelings(query, asTyped)), ".");
}

const remove = (what, address) => link("×", address, { class: "remove", "aria-label": `Without ${what}` });
