// Paintings as cards on a wall.
import { fresh, mixed, opened } from "./address.js";
import { bar, link, make, readable, sentence } from "./dom.js";
import { imageOf } from "./server.js";

export const wall = (cards) => make("ol", { class: "wall" }, cards);

export const byline = ({ artist, style, year }) =>
  [artist, style, year].filter(Boolean).map(String).map(readable).join(", ");

export const nameOf = ({ title, artist }) => (artist ? `${title} by ${artist}` : title);

// One painting; `numbers` are what this list says of it, `show` and `word` what a click on it tells, and `mix` is
// what it may be added to.
export function card(work, numbers, mix, show, word = null) {
  return make("li", {},
    make("a", { class: "picture", href: opened(work.id, show, word) }, picture(work)),
    make("h3", {}, work.title),
    make("p", { class: "by" }, byline(work)),
    numbers,
    make("p", { class: "actions" },
      word && link("Why", opened(work.id, "why", word), { "aria-label": `Why ${nameOf(work)}` }),
      link("Emotions", opened(work.id, "emotions"), { "aria-label": `Emotions of ${nameOf(work)}` }),
      link("Alike", fresh({ like: work.id, by: "look" }), { "aria-label": `Paintings like ${nameOf(work)}` }),
      make("span", { class: "wishes" },
        wish("More", "liked", work, mix), wish("Less", "disliked", work, mix))));
}

// More or less of the like of a painting, besides what was wished for before.
function wish(said, side, work, mix) {
  const address = mixed({ ...mix, [side]: [...(mix[side] ?? []), work.id] });
  return link(said, address, { "aria-label": `${said} like ${nameOf(work)}`, title: `${said} like this` });
}

export function picture(work) {
  return make("img", {
    src: imageOf(work.id, 400),
    srcset: `${imageOf(work.id, 400)} 1x, ${imageOf(work.id, 800)} 2x`,
    alt: nameOf(work),
    loading: "lazy",
    decoding: "async",
  });
}

export function found(hit, filters) {
  const words = hit.parts.filter((part) => part.weight > 0);
  const word = (words[0] ?? hit.parts[0])?.word;
  const mix = {
    ...filters,
    felt: words.map(({ word }) => word),
    unfelt: hit.parts.filter(({ weight }) => weight < 0).map(({ word }) => word),
  };
  const twin = hit.duplicate_of && sentence("Looks all but the same as one before", "score");
  return card(hit, [standing(hit), twin, hit.parts.length > 1 && parts(hit)], mix, "why", word);
}

export function near(hit, mix = {}) {
  const said = make("p", { class: "score" }, make("b", {}, hit.similarity.toFixed(2)), " likeness");
  return card(hit, [bar(Math.max(0, hit.similarity), "Likeness"), said], mix, "emotions");
}

export function opposed(hit, mix) {
  const shift = ({ emotion, here, there }, sign) =>
    make("li", {}, make("span", {}, `${sign} ${emotion}`), make("span", {}, `${here.toFixed(2)} → ${there.toFixed(2)}`));
  const shifts = [...hit.more.map((each) => shift(each, "more")), ...hit.less.map((each) => shift(each, "less"))];
  return card(hit, make("ul", { class: "shifts", "aria-label": "How its feelings differ" }, shifts), mix, "emotions");
}

function standing({ coherence, percentile, percentile_in_style: within, style }) {
  const inside = within === null || !style ? "" : `, in its style ${Math.round(within)}`;
  return [
    bar(coherence, "Coherence"),
    make("p", { class: "score" }, make("b", {}, coherence.toFixed(2)), " coherence"),
    make("p", { class: "score" }, `Percentile ${Math.round(percentile)}${inside}`),
  ];
}

// What is told of a feeling to be avoided is its own chance, not that of its absence.
const asked = ({ word, weight }) => (weight < 0 ? `${word} (avoided)` : word);

function parts({ parts }) {
  return make("ul", { class: "parts", "aria-label": "Each feeling by itself" }, parts.map((part) =>
    make("li", {}, make("span", {}, asked(part)),
      bar(part.coherence, `Coherence of ${part.word}`, part.weight < 0 ? "avoided" : null),
      make("span", {}, part.coherence.toFixed(2)))));
}
