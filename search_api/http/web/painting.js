// One painting in a dialog over the gallery: why it answers, and its emotions.
import { closed, fresh, go, here, mixed, opened } from "./address.js";
import { byline, nameOf } from "./cards.js";
import { $, link, make, quoted, readable, sentence, tabs } from "./dom.js";
import { mixture } from "./mixture.js";
import { get, imageOf, manifestOf, Problem } from "./server.js";
import { another, why } from "./why.js";

const dialog = $("painting");
let running = new AbortController();

export function openDialogs() {
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && leave());
}

// Show what the address names, or nothing.
export function painting() {
  running.abort();
  const id = here().get("painting");
  if (!id) {
    dialog.close();
    return;
  }
  running = new AbortController();
  draw(id, running.signal);
  if (dialog.open) dialog.querySelector("[aria-current]").focus();
  else dialog.showModal();
}

function leave() {
  if (history.state?.inside) history.back();
  else go(closed());
}

function draw(id, signal) {
  const show = here().get("show") === "why" ? "why" : "emotions";
  const word = here().get("word");
  const known = dialog.dataset.painting === id && dialog.querySelector(".facts[aria-busy=false]");
  const title = make("h2", { id: "painting-title" }, "Looking …");
  const facts = known || make("div", { class: "facts", "aria-busy": "true" }, title);
  const told = make("div", { class: "told", "aria-live": "polite", "aria-busy": "true" });
  const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick: leave }, "×");
  const choices = [["Why", "why"], ["Emotions", "emotions"]].map(([text, each]) =>
    [text, opened(id, each, word), each === show]);
  const text = make("div", { class: "text" }, facts, tabs("About this painting", choices), told);
  dialog.replaceChildren(close, seen(id, show === "why" && word), text);
  dialog.dataset.painting = id;
  if (!known) describe(id, facts, signal);
  tell(id, show, word, told, signal);
}

async function describe(id, facts, signal) {
  await settled(facts, async () => {
    const work = await get(`paintings/${encodeURIComponent(id)}`, "", signal);
    dialog.querySelectorAll(".frame img").forEach((image) => { image.alt ||= nameOf(work); });
    const source = /^https?:/.test(work.source ?? "") ? link(work.source, work.source, { rel: "noreferrer" }) : work.source;
    return [
      make("h2", { id: "painting-title" }, work.title),
      sentence(byline(work), "by"),
      work.genre && sentence(readable(work.genre), "by"),
      work.rights && sentence(work.rights, "by"),
      source && make("p", { class: "by" }, source),
    ];
  });
}

async function tell(id, show, word, told, signal) {
  const place = `paintings/${encodeURIComponent(id)}`;
  if (show === "why" && !word) {
    told.ariaBusy = "false";
    told.replaceChildren(sentence("Name a feeling to see where it lies in this painting."), another(id, null));
    return;
  }
  told.append(sentence(show === "why" ? `Looking for ${quoted(word)} …` : "Reading its emotions …", "soft"));
  await settled(told, async () => {
    if (show === "emotions") return mixture(...(await mixtures(place, signal)));
    return [...why(await get(`${place}/explain`, new URLSearchParams({ word }), signal)), another(id, word)];
  });
}

const mixtures = (place, signal) => Promise.all([
  get(`${place}/emotions`, "", signal),
  get(`${place}/emotions`, "rank=percentile", signal),
]);

// Fill an element with what a promise gives, or with the sentence of what went wrong.
async function settled(element, promised) {
  try {
    element.replaceChildren(...(await promised()).filter(Boolean));
  } catch (problem) {
    if (problem.name === "AbortError") return;
    if (!(problem instanceof Problem)) throw problem;
    element.replaceChildren(sentence(problem.message, "problem"));
  }
  element.ariaBusy = "false";
}

// The picture, and where a word lies in it one on the other.
function seen(id, word) {
  const [frame, key] = framed(id, word);
  return make("div", { class: "seen" }, frame, key, actions(id));
}

function framed(id, word) {
  const frame = make("div", { class: "frame" }, make("img", { src: imageOf(id, 1200), alt: "" }));
  if (!word) return [frame, null];
  const place = `v1/paintings/${encodeURIComponent(id)}/explain/heatmap.png?${new URLSearchParams({ word })}`;
  const heat = make("img", { class: "heat", src: place, alt: `Where ${word} lies in it` });
  const shown = ({ target }) => heat.toggleAttribute("hidden", !target.checked);
  heat.addEventListener("error", () => heat.remove());
  frame.append(heat);
  const tick = make("input", { type: "checkbox", checked: true, onchange: shown });
  return [frame, make("p", { class: "key" },
    make("label", { class: "tick" }, tick, "Show where it lies"),
    make("span", { class: "for" }, "speaks for it"), make("span", { class: "against" }, "against it"))];
}

function actions(id) {
  return make("p", { class: "actions" },
    link("Looks alike", fresh({ like: id, by: "look" })),
    link("Feels alike", fresh({ like: id, by: "feeling" })),
    link("Contrast", fresh({ like: id, by: "contrast" })),
    link("Mix", mixed({ liked: [id] })),
    link("Full picture", imageOf(id, 2048), { target: "_blank" }),
    link("IIIF manifest", manifestOf(id), { target: "_blank" }));
}
