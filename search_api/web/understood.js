// How a question was understood, as chips: each leads to the same question without it.
import { asked, go, to } from "./address.js";
import { link, make, quoted, readable } from "./dom.js";
import { withFeelings, withFilters, without } from "./wording.js";

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
  const chips = [...query.emotions.map((emotion) => feeling(query, emotion)), ...filters(query), ...least()];
  return make("section", { class: "understood", "aria-label": "How the question was understood" },
    make("ul", { class: "chips" }, chips),
    query.ignored.length > 0 && ignored(query));
}

export const named = ({ word, weight }) => (weight < 0 ? `not ${word}` : word);

function feeling(query, emotion) {
  const several = query.emotions.length > 1;
  const kind = emotion.weight < 0 ? "feeling avoided" : "feeling";
  return make("li", { class: `chip ${kind}` },
    several ? [weights(query, emotion), ` ${emotion.word}`] : named(emotion),
    several && remove(emotion.word, withFeelings(query, without(query.emotions, emotion))));
}

function weights(query, emotion) {
  const known = WEIGHTS.some(([weight]) => weight === emotion.weight);
  const choices = known ? WEIGHTS : [[emotion.weight, `× ${emotion.weight}`], ...WEIGHTS];
  const weigh = ({ target }) => go(withFeelings(query, query.emotions.map((each) =>
    each === emotion ? { ...each, weight: Number(target.value) } : each)));
  return make("select", { "aria-label": `How much ${emotion.word} counts`, "data-keep": emotion.word, onchange: weigh },
    choices.map(([weight, said]) => make("option", { value: weight, selected: weight === emotion.weight }, said)));
}

function filters(query) {
  return Object.entries(query.filters).flatMap(([field, values]) => [values].flat().map((value) => {
    const rest = Array.isArray(values) ? without(values, value) : null;
    const said = SAID[field](value);
    return make("li", { class: "chip" }, said, remove(said, withFilters(query, { ...query.filters, [field]: rest })));
  }));
}

function least() {
  const least = asked().get("min_coherence");
  const said = `coherence from ${least}`;
  return least ? [make("li", { class: "chip" }, said, remove(said, to({ min_coherence: null })))] : [];
}

function ignored(query) {
  const asFeeling = (word) => withFeelings(query, [...query.emotions, { word: word.toLowerCase(), weight: 1 }]);
  return make("p", { class: "ignored" }, "Left out: ",
    query.ignored.map((word) => [
      link(word, asFeeling(word), {
        "aria-label": `Ask for ${quoted(word)} as a feeling`,
        title: "Ask for it as a feeling",
      }),
      " ",
    ]),
    remove("these words", withFeelings(query, query.emotions)));
}

const remove = (what, address) => link("×", address, { class: "remove", "aria-label": `Without ${what}` });
