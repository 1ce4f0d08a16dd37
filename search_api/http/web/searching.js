// The answer to a question: how it was understood, whether to believe it, the paintings, and more of them.
import { asked } from "./address.js";
import { found, wall } from "./cards.js";
import { link, make, sentence } from "./dom.js";
import { filters } from "./filters.js";
import { get } from "./server.js";
import { understood } from "./understood.js";
import { doubt, relaxed, summary } from "./verdict.js";

const PAGE = 24;

export async function searching(signal) {
  const params = paged();
  params.set("facets", "true");
  const answer = await get("search", params, signal);
  const gallery = wall(answer.hits.map((hit) => found(hit, answer.query.filters)));
  const manifest = link("This answer as IIIF manifest", `v1/search/manifest.json?${asked()}`, { target: "_blank" });
  const told = [understood(answer.query), doubt(answer), relaxed(answer)];
  const column = make("div", { class: "column" }, told, make("h2", { class: "unseen" }, "Paintings"), gallery,
    answer.next && more(gallery, answer.next), answer.hits.length > 0 && make("p", { class: "actions" }, manifest));
  return {
    title: answer.query.text,
    status: summary(answer),
    release: answer.release,
    view: make("div", { class: "beside" }, filters(answer), column),
  };
}

function paged() {
  const params = asked();
  if (!params.has("top_k")) params.set("top_k", PAGE);
  return params;
}

function more(gallery, cursor) {
  const press = ({ target }) => append(gallery, target, cursor);
  return make("button", { type: "button", class: "more", onclick: press }, "More paintings");
}

async function append(gallery, button, cursor) {
  button.disabled = true;
  button.textContent = "Looking …";
  try {
    const params = paged();
    params.set("cursor", cursor);
    const { query, hits, next } = await get("search", params);
    const cards = hits.map((hit) => found(hit, query.filters));
    gallery.append(...cards);
    cards[0]?.querySelector("a").focus({ preventScroll: true });
    button.replaceWith(next ? more(gallery, next) : "");
  } catch (problem) {
    button.replaceWith(sentence(problem.message, "problem"));
  }
}
