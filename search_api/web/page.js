// One search, one gallery. The address bar holds the whole state: ?q=...&style=...
const EXAMPLES = [
  "melancholy Impressionist paintings",
  "serene ukiyo-e prints",
  "the calm after a storm",
  "playful Cubism",
  "loneliness",
];
const HINT = "Any word or phrase will do. Name a style or an artist as well, and only those are shown.";
const $ = (id) => document.getElementById(id);
const main = document.querySelector("main");
const readable = (value) => value.replace(/_(?=\w$)/, "-").replaceAll("_", " "); // Ukiyo-e, Pop Art
let offered = []; // styles of the answer before any of them was chosen
let running = new AbortController();

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function chip(text, onclick, attributes = {}) {
  const item = element("li", "");
  item.append(element("button", text, { type: "button", ...attributes }));
  item.firstChild.addEventListener("click", onclick);
  return item;
}

function go(q, styles = []) {
  const asked = new URLSearchParams([["q", q], ...styles.map((style) => ["style", style])]);
  history.pushState(null, "", `?${asked}`);
  search();
}

async function search() {
  const asked = new URLSearchParams(location.search);
  $("q").value = asked.get("q") ?? "";
  running.abort();
  if (!asked.get("q")) return clear(HINT);
  const { signal } = (running = new AbortController());
  main.ariaBusy = "true";
  $("status").textContent = "Looking …";
  try {
    const response = await fetch(`v1/search?${asked}`, { signal });
    const answer = await response.json();
    response.ok ? show(answer, asked.getAll("style")) : fail(answer.detail);
  } catch (error) {
    if (error.name === "AbortError") return;
    fail("Moodseum cannot be reached; check that it is still running, then search again.");
  }
  main.ariaBusy = "false";
}

function clear(message = "", problem = false) {
  $("status").textContent = message;
  $("status").classList.toggle("problem", problem);
  $("understood").hidden = $("styles").hidden = true;
  $("gallery").replaceChildren();
  $("release").textContent = "";
  main.ariaBusy = "false";
}

const fail = (sentence) => clear(sentence, true);

function show({ query, release, hits }, chosen) {
  clear(hits.length === 1 ? "One painting" : `${hits.length} paintings, the nearest first`);
  if (!hits.length) fail("No painting passes these filters; leave one out, or name another style or artist.");
  document.title = `${query.text} – Moodseum`;
  showUnderstood(query);
  if (!chosen.length) offered = [...new Set(hits.map((hit) => hit.style).filter(Boolean))].sort();
  showStyles(query.text, [...new Set([...offered, ...chosen])], chosen);
  $("gallery").replaceChildren(...hits.map(picture));
  $("release").textContent = `Model ${release.model}, index ${release.build}`;
}

function showUnderstood({ emotions, filters, ignored }) {
  const rows = [["Feeling", emotions.map((emotion) => emotion.word)]];
  for (const [field, values] of Object.entries(filters)) rows.push([field, [values].flat().map(String).map(readable)]);
  if (ignored.length) rows.push(["Left out", ignored]);
  $("understood").replaceChildren(...rows.map(([field, values]) => {
    const row = element("div", "");
    const name = readable(field);
    row.append(element("dt", name[0].toUpperCase() + name.slice(1)), element("dd", values.join(", ")));
    return row;
  }));
  $("understood").hidden = false;
}

function showStyles(q, styles, chosen) {
  const toggled = (style) => (chosen.includes(style) ? chosen.filter((each) => each !== style) : [...chosen, style]);
  $("styles").replaceChildren(...styles.map((style) =>
    chip(readable(style), () => go(q, toggled(style)), { "aria-pressed": chosen.includes(style) })));
  $("styles").hidden = styles.length < 2 && !chosen.length;
}

function picture(hit) {
  const item = $("picture").content.cloneNode(true).firstElementChild;
  const place = `v1/paintings/${hit.id}/image`;
  const by = [hit.artist, hit.style, hit.year].filter(Boolean).map(String).map(readable).join(", ");
  item.querySelector("a").href = `${place}?size=2048`;
  Object.assign(item.querySelector("img"), { src: place, alt: `${hit.title}${hit.artist ? ` by ${hit.artist}` : ""}` });
  item.querySelector("h2").textContent = hit.title;
  item.querySelector(".by").textContent = by;
  item.querySelector("meter").value = hit.coherence;
  item.querySelector("meter").ariaLabel = "Coherence";
  const number = `coherence ${hit.coherence.toFixed(2)}, percentile ${Math.round(hit.percentile)}`;
  item.querySelector(".score span").textContent = number;
  return item;
}

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  go($("q").value.trim());
});
addEventListener("popstate", search);
$("examples").append(...EXAMPLES.map((text) => chip(text, () => go(text))));
search();
