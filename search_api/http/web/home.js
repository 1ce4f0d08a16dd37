// The entrance: a few feelings with a painting each, questions to try, and all families of feelings.
import { fresh } from "./address.js";
import { picture } from "./cards.js";
import { link, make } from "./dom.js";
import { batch, get } from "./server.js";

const ROOMS = ["serenity", "melancholy", "joy", "fear", "awe", "loneliness", "tenderness", "excitement"];
const EXAMPLES = [
  "melancholy Impressionist paintings",
  "calm but not sad",
  "the calm after a storm",
  "playful Cubism",
  "19th-century nostalgia",
];
const SIDES = { positive: "Pleasant", negative: "Unpleasant" };

export async function home() {
  const rooms = make("ul", { class: "rooms", "aria-label": "Feelings to begin with" }, ROOMS.map(room));
  const words = make("section", { class: "index", "aria-label": "All families of feelings" });
  const examples = make("ul", { class: "chips", "aria-label": "Examples" },
    EXAMPLES.map((text) => make("li", {}, link(text, fresh({ q: text }), { class: "button" }))));
  hang(rooms).catch(() => rooms.classList.add("bare")); // words without pictures lead there as well
  families(words).catch(() => words.remove());
  return { title: null, status: "", release: null, view: make("div", { class: "home" }, examples, rooms, words) };
}

const room = (word) =>
  make("li", {}, make("a", { href: fresh({ q: word }) }, make("span", { class: "picture" }), make("b", {}, word)));

let hung = null; // asked for once: the entrance looks the same when one comes back

async function hang(rooms) {
  hung ??= batch(ROOMS.map((q) => ({ q, top_k: 1, fold: true })));
  const answers = await hung.catch((problem) => {
    hung = null;
    throw problem;
  });
  answers.forEach(({ hits }, place) => {
    if (!hits?.length) return;
    const image = picture(hits[0]);
    rooms.children[place].querySelector(".picture").replaceChildren(image);
  });
}

async function families(section) {
  const { emotions } = await get("emotions");
  const heads = emotions.filter(({ word, family }) => word === family);
  const sides = Map.groupBy(heads, ({ valence }) => SIDES[valence] ?? "Neither or both");
  section.replaceChildren(...[...sides].map(([side, words]) =>
    make("div", {}, make("h2", {}, side),
      make("p", {}, words.flatMap(({ word }) => [link(word, fresh({ q: word })), " "])))));
}
