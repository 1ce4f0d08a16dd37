// What the address names is shown: the entrance, an answer, paintings beside one, or beside an uploaded picture.
import { behind, followLinks, fresh, go, here, isMixed } from "./address.js";
import { blending } from "./blending.js";
import { $, refill } from "./dom.js";
import { home } from "./home.js";
import { openDialogs, painting } from "./painting.js";
import { relating } from "./relating.js";
import { searching } from "./searching.js";
import { Problem } from "./server.js";
import { suggestWords } from "./suggesting.js";
import { acceptPictures, uploading } from "./uploading.js";

const main = document.querySelector("main");
const MOST_KEPT = 12;
const kept = new Map(); // views by address: the back button brings them back as they were left
let shown = null; // the parameters of the view, without those of the dialog over it
let running = new AbortController();

function viewOf(params) {
  if (params.get("like")) return relating;
  if (params.get("picture")) return uploading;
  if (isMixed(params)) return blending;
  return params.get("q") ? searching : home;
}

function follow({ type } = {}) {
  const wanted = behind(here());
  const view = viewOf(here());
  const isBack = type === "popstate" && kept.has(wanted);
  if (wanted !== shown) {
    running.abort();
    $("q").value = here().get("q") ?? "";
    document.body.classList.toggle("entrance", view === home);
    if (isBack) hang(kept.get(wanted));
    else show(view, wanted);
  }
  shown = wanted;
  painting();
}

async function show(view, address) {
  const { signal } = (running = new AbortController());
  const slow = setTimeout(() => say("Looking …"), 150);
  main.ariaBusy = "true";
  try {
    const made = await view(signal);
    if (signal.aborted) return;
    keep(address, made);
    hang(made);
  } catch (problem) {
    if (signal.aborted) return;
    if (!(problem instanceof Problem)) throw problem;
    hang({ title: null, status: problem.message, release: null, view: "" }, true);
    shown = null; // so that the same can be asked again
  } finally {
    clearTimeout(slow);
  }
}

function keep(address, made) {
  kept.delete(address);
  kept.set(address, made);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
}

function hang({ title, status, release, view }, problem = false) {
  say(status, problem);
  refill($("view"), view);
  document.title = title ? `${title} – Moodseum` : "Moodseum";
  $("release").textContent = release ? `Model ${release.model}, index ${release.build}` : "";
  main.ariaBusy = "false";
  if (history.state?.inside && document.activeElement === document.body) main.focus({ preventScroll: true });
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
