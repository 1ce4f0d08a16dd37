// A mixture of the visitor's own: towards some paintings and feelings, away from others, and what comes nearest.
import { fresh, go, mixed, mixture, opened } from "./address.js";
import { near, picture, wall } from "./cards.js";
import { $, link, make, tabs } from "./dom.js";
import { get } from "./server.js";
import { suggestWords } from "./suggesting.js";
import { filterChips } from "./understood.js";
import { without } from "./wording.js";

const MOST = 24;
const SIDES = { "More like": ["liked", "felt"], "Less like": ["disliked", "unfelt"] };
const OTHER = { liked: "disliked", disliked: "liked", felt: "unfelt", unfelt: "felt" };

export async function blending(signal) {
  const mix = mixture();
  const [answer, ...works] = await Promise.all([
    ask(mix, signal),
    ...[...mix.liked, ...mix.disliked].map((id) => get(`paintings/${encodeURIComponent(id)}`, "", signal)),
  ]);
  const known = new Map(works.map((work) => [work.id, work]));
  const sides = Object.entries(SIDES).map(([said, names]) =>
    row(said, names.flatMap((name) => chips(name, mix, known))));
  const lead = make("section", { class: "mixture" },
    make("h2", {}, "Your mixture"),
    sides,
    row("Among", filterChips(answer.filters, (filters) => mixed({ ...mix, ...filters }))),
    another(mix),
    !hasWords(mix) && compared(mix));
  return {
    title: "Your mixture",
    status: answer.hits.length ? "" : "No other painting passes these filters",
    release: answer.release,
    view: make("div", {}, lead, wall(answer.hits.map((hit) => near(hit, mix)))),
  };
}

const hasWords = ({ felt, unfelt }) => felt.length + unfelt.length > 0;

// Words have no look, so a mixture with words is one of feelings.
function ask({ liked, disliked, felt, unfelt, by, ...where }, signal) {
  const asking = (path, asked) => get(path, fresh({ ...asked, ...where, top_k: MOST }).slice(1), signal);
  if (!hasWords({ felt, unfelt })) return asking("more-like", { liked, disliked, by });
  const weigh = (towards, away) => [...towards.map((name) => `${name}:1`), ...away.map((name) => `${name}:-1`)];
  return asking("blend", { painting: weigh(liked, disliked), word: weigh(felt, unfelt) });
}

const row = (said, chips) => chips.length > 0 && make("div", { class: "side" },
  make("h3", {}, said), make("ul", { class: "chips", "aria-label": said }, chips));

// What is in one list, each with a way to the other side and one out.
function chips(name, mix, known) {
  return mix[name].map((item) => {
    const work = known.get(item);
    const title = work?.title ?? item;
    const rest = { ...mix, [name]: without(mix[name], item) };
    const turned = mixed({ ...rest, [OTHER[name]]: [...mix[OTHER[name]], item] });
    return make("li", { class: work ? "chip held" : "chip feeling" },
      work && make("a", { href: opened(item, "emotions") }, picture(work)), title,
      link("⇅", turned, {
        class: "remove",
        title: "To the other side",
        "aria-label": `${title} to the other side`,
        "data-keep": item,
      }),
      link("×", mixed(rest), { class: "remove", "aria-label": `Without ${title}` }));
  });
}

// Adds any feeling to one side or the other.
function another(mix) {
  const limits = { required: true, maxlength: 200, list: "words" };
  const hints = { "aria-label": "A feeling", placeholder: "a feeling, such as serenity" };
  const input = make("input", { ...limits, ...hints, "data-keep": "felt" });
  suggestWords(input, $("words"));
  const add = (event) => {
    event.preventDefault();
    const side = event.submitter.value;
    go(mixed({ ...mix, [side]: [...mix[side], input.value.trim()] }));
  };
  return make("form", { class: "small field", onsubmit: add }, input,
    make("button", { value: "felt" }, "More of it"),
    make("button", { value: "unfelt", class: "second" }, "Less of it"));
}

function compared(mix) {
  const choices = [["By feeling", "feeling"], ["By look", "look"]];
  return tabs("How they are compared", choices.map(([text, by]) => [text, mixed({ ...mix, by }), by === mix.by]));
}
