// The emotions of one picture.
import { fresh } from "./address.js";
import { bar, link, listed, make, sentence } from "./dom.js";

const FAMILIES = 4;
const KINDRED = 4;
const PECULIAR = 5;

// In full; `apart` is the same mixture with the words in the order of their percentiles.
export function mixture(mixed, apart) {
  const { families, shares, viewers } = mixed;
  return [
    ...brief(mixed, apart, 10),
    make("h3", {}, "The strongest families"),
    make("ul", { class: "families" }, families.slice(0, FAMILIES).map(family)),
    viewers && voted(viewers),
    !viewers && shares.length > 0 && shared(shares),
  ].flat().filter(Boolean);
}

export function brief({ balance, families, scores }, apart, most = 6) {
  const [first, second] = families;
  return [
    balance !== null && sentence(`On the whole ${mood(balance)}${second ? `: ${first.name}, then ${second.name}` : ""}.`),
    make("p", {}, "More than other paintings it evokes ", peculiar(apart.scores), "."),
    make("h3", {}, "The likeliest feelings"),
    rows(scores.slice(0, most).map(({ emotion, coherence }) => [emotion, coherence, coherence.toFixed(2)])),
  ].filter(Boolean);
}

function mood(balance) {
  const size = Math.abs(balance);
  if (size < 0.15) return "as pleasant as unpleasant";
  const side = balance > 0 ? "pleasant" : "unpleasant";
  return size < 0.5 ? `rather ${side}` : side;
}

function peculiar(scores) {
  const words = scores.slice(0, PECULIAR).map(({ emotion }) => link(emotion, fresh({ q: emotion })));
  return words.flatMap((word, place) => [place ? ", " : "", word]);
}

function family({ name, emotions }) {
  const kin = emotions.filter((word) => word !== name).slice(0, KINDRED);
  return make("li", {}, make("b", {}, name), kin.length ? ` with ${listed(kin)}` : "");
}

function voted({ viewers, shares }) {
  const said = shares.map(({ emotion, share, count }) => [emotion, share, `${count} of ${viewers}`]);
  return [make("h3", {}, `What ${viewers} viewers said`), rows(said, "Share")];
}

function shared(shares) {
  const ranked = shares.toSorted((one, other) => other.share - one.share);
  const said = ranked.map(({ emotion, share }) => [emotion, share, `${Math.round(share * 100)} %`]);
  return [make("h3", {}, "If viewers had these eight to choose from"), rows(said, "Share")];
}

// Each is an emotion, its part of the whole, and how that is written.
function rows(all, what = "Coherence") {
  return make("ul", { class: "rows" }, all.map(([word, value, said]) =>
    make("li", {}, link(word, fresh({ q: word }), { title: `Paintings of ${word}` }),
      bar(value, `${what} of ${word}`), make("span", {}, said))));
}
