// Why a painting answers to a word: where the score lies in the picture, what carries it, what viewers said.
import { go, opened } from "./address.js";
import { $, make, quoted, sentence } from "./dom.js";
import { suggestWords } from "./suggesting.js";

export function why({ word, coherence, percentile, contributions, utterances, regions, usual }) {
  return [
    make("p", {}, make("b", {}, coherence.toFixed(2)),
      ` coherence with ${quoted(word)}, percentile ${Math.round(percentile)}.`),
    contributions.length > 0 && carried(contributions),
    utterances.length > 0 && said(utterances),
    usual === null && sentence("This model has no features with names; its picture tells where the score lies."),
    sentence(regions.method === "hiding"
      ? "Each region was hidden in turn to measure what it carries."
      : "What each region carries is estimated from gradients.", "soft"),
  ].flat(2).filter(Boolean);
}

// Asks for any other word about the same painting.
export function another(id, word) {
  const limits = { required: true, maxlength: 200, list: "words" };
  const input = make("input", { name: "word", value: word, "aria-label": "A feeling", ...limits });
  suggestWords(input, $("words"));
  const ask = (event) => {
    event.preventDefault();
    go(opened(id, "why", input.value.trim()));
  };
  return make("form", { class: "small field", onsubmit: ask }, input, make("button", {}, "Explain"));
}

function carried(contributions) {
  const widest = Math.max(...contributions.map(({ similarity }) => Math.abs(similarity)));
  return [
    make("h3", {}, "What carries it"),
    make("ul", { class: "contributions" }, contributions.map(({ said, similarity }) => {
      const side = similarity < 0 ? "against" : "for";
      const share = make("i", { class: side });
      share.style.width = `${(Math.abs(similarity) / widest) * 100}%`;
      const number = `${similarity < 0 ? "−" : "+"}${Math.abs(similarity).toFixed(4)}`;
      return make("li", {}, make("span", {}, said), make("span", { class: "track", "aria-hidden": "true" }, share),
        make("small", {}, number, make("span", { class: "unseen" }, ` speaks ${side}`)));
    })),
  ];
}

function said(utterances) {
  return [
    make("h3", {}, "What viewers said"),
    utterances.map(({ emotion, text }) => make("blockquote", {}, quoted(text), make("footer", {}, emotion))),
  ];
}
