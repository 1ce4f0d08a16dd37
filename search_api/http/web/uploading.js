// A picture of the visitor's: paintings like it, and its emotions. It stays in this page's memory only.
import { fresh, go, here } from "./address.js";
import { near, wall } from "./cards.js";
import { make, sentence, tabs } from "./dom.js";
import { brief } from "./mixture.js";
import { anchor } from "./relating.js";
import { Problem, send } from "./server.js";

let chosen = null; // { file, place } of the picture as a data: address
let number = 0;

export function acceptPictures(input) {
  input.addEventListener("change", () => {
    take(input.files[0]);
    input.value = ""; // the same picture may be chosen again
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

async function take(file) {
  if (!file) return;
  chosen = { file, place: await read(file) };
  number += 1;
  go(fresh({ picture: number, by: "look" }));
}

export async function uploading(signal) {
  if (!chosen || here().get("picture") !== String(number)) {
    throw new Problem("The picture was not kept; choose it again.");
  }
  const by = here().get("by") === "feeling" ? "feeling" : "look";
  const answer = await send("similar", { image: chosen.file, by, top_k: 24 }, signal);
  const emotions = make("div", { class: "told", "aria-live": "polite" }, sentence("Reading its emotions …"));
  const mixtures = ["coherence", "percentile"].map((rank) => send("emotions", { image: chosen.file, rank }, signal));
  Promise.all(mixtures).then(
    ([mixed, apart]) => emotions.replaceChildren(...brief(mixed, apart)),
    (problem) => problem instanceof Problem && emotions.replaceChildren(sentence(problem.message, "problem")));
  const choices = [["Looks alike", "look"], ["Feels alike", "feeling"]].map(([text, each]) =>
    [text, fresh({ picture: number, by: each }), each === by]);
  const lead = anchor(
    make("div", { class: "picture" }, make("img", { src: chosen.place, alt: "Your picture" })),
    `Paintings that ${by === "look" ? "look" : "feel"} like your picture`,
    tabs("How they are compared", choices),
    emotions,
  );
  const view = make("div", {}, lead, wall(answer.hits.map((hit) => near(hit))));
  return { title: "Like your picture", status: "", release: answer.release, view };
}

function read(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("loadend", () => resolve(reader.result ?? ""));
    reader.readAsDataURL(file);
  });
}
