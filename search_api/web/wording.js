// Questions written out so that nothing is left to be guessed: feeling:calm -feeling:"stage fright"^0.5
import { FILTERS, YEARS, asked, picked, to } from "./address.js";

export const write = (emotions) => emotions.map(written).join(" ");

function written({ word, weight }) {
  const bare = /^[\p{L}\p{N}-]+$/u.test(word) ? word : `"${word.replace(/[\\"]/g, "\\$&")}"`;
  const size = Math.abs(weight);
  return `${weight < 0 ? "-" : ""}feeling:${bare}${size === 1 ? "" : `^${size}`}`;
}

// The same question with other feelings.
export const withFeelings = (query, emotions) => to({ q: write(emotions), ...parameters(query.filters) });

// The same question under other filters. The text stays as it was typed if it names no filter itself.
export function withFilters(query, filters) {
  const q = saysFilters(query) ? write(query.emotions) : query.text;
  return to({ q, ...parameters(filters) });
}

export const without = (list, item) => list.filter((each) => each !== item);

// A filter as parameters; those it lacks are null, so that they leave the address.
function parameters(filters) {
  return Object.fromEntries([...FILTERS, ...YEARS].map((name) => [name, filters[name] ?? null]));
}

function saysFilters({ filters }) {
  const beside = picked([...FILTERS, ...YEARS], asked());
  return [...FILTERS, ...YEARS].some((name) => {
    const all = [filters[name] ?? []].flat().map(String);
    return String(all.toSorted()) !== String(beside.getAll(name).toSorted());
  });
}
