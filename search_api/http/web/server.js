// Asking the server. What it refuses arrives as a Problem, whose message is the server's own sentence.
const MOST_KEPT = 60;
const kept = new Map(); // answers by address, so that going back is immediate
let build = null;

export class Problem extends Error {}

export async function get(path, params = "", signal = undefined) {
  const address = String(params) ? `v1/${path}?${params}` : `v1/${path}`;
  if (!kept.has(address)) keep(address, await ask(address, { signal }));
  return kept.get(address);
}

export const send = (path, fields, signal = undefined) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return ask(`v1/${path}`, { method: "POST", body, signal });
};

export const batch = (searches) =>
  ask("v1/search", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(searches) });

export const imageOf = (id, size) => `v1/paintings/${encodeURIComponent(id)}/image?size=${size}`;
export const manifestOf = (id) => `v1/paintings/${encodeURIComponent(id)}/manifest.json`;

async function ask(address, options) {
  const response = await fetch(address, options).catch(unreachable);
  if (response.ok) return response.json().catch(unreachable);
  const { detail } = await response.json().catch(() => ({}));
  throw new Problem(detail ?? `The server answered ${response.status}; try again later.`);
}

function unreachable(error) {
  if (error.name === "AbortError") throw error;
  throw new Problem("Moodseum cannot be reached; check that it is still running, then try again.");
}

function keep(address, answer) {
  if (answer.release && answer.release.build !== build) kept.clear();
  build = answer.release?.build ?? build;
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value);
  kept.set(address, answer);
}
