// What the address names is shown: the entrance, an answer, paintings beside one, or beside an uploaded picture.
import { behind, followLinks, fresh, go, here } from "./address.js";
import { $ } from "./dom.js";
import { home } from "./home.js";
import { openDialogs, painting } from "./painting.js";
import { relating } from "./relating.js";
import { searching } from "./searching.js";
import { Problem } from "./server.js";
import { suggestWords } from "./suggesting.js";
import { acceptPictures, uploading } from "./uploading.js";

const main = document.querySelector("main");
let shown = null; // the parameters of the view, without those of the dialog over it
let running = new AbortController();

function viewOf(params) {
  if (params.get("like")) return relating;
  if (params.get("picture")) return uploading;
  return params.get("q") ? searching : home;
}

function follow() {
  const wanted = behind(here());
  if (wanted !== shown) show(viewOf(here()));
  shown = wanted;
  painting();
}

async function show(view) {
  running.abort();
  const { signal } = (running = new AbortController());
  $("q").value = here().get("q") ?? "";
  document.body.classList.toggle("entrance", view === home);
  const slow = setTimeout(() => say("Looking …"), 150);
  main.ariaBusy = "true";
  try {
    const made = await view(signal);
    if (!signal.aborted) hang(made);
  } catch (problem) {
    if (signal.aborted) return;
    if (!(problem instanceof Problem)) throw problem;
    hang({ title: null, status: problem.message, release: null, view: "" }, true);
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) main.ariaBusy = "false";
  }
}

function hang({ title, status, release, view }, problem = false) {
  const wasInside = main.contains(document.activeElement);
  say(status, problem);
  $("view").replaceChildren(view);
  document.title = title ? `${title} – Moodseum` : "Moodseum";
  $("release").textContent = release ? `Model ${release.model}, index ${release.build}` : "";
  if (wasInside) main.focus({ preventScroll: true });
  scrollTo(0, history.state?.scroll ?? 0);
}

function say(sentence, problem = false) {
  $("status").textContent = sentence;
  $("status").classList.toggle("problem", problem);
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  go(fresh({ q: $("q").value.trim() }));
});
addEventListener("popstate", follow);
addEventListener("moved", follow);
history.scrollRestoration = "manual";
followLinks();
openDialogs();
acceptPictures($("file"));
suggestWords($("q"), $("words"));
follow();
