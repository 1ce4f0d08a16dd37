// Other questions, made of what the server has written out: feeling:"calm" -feeling:"stage fright"^0.5 style:"Cubism"
import { FILTERS, YEARS, asked, picked, to } from "./address.js";

const FEELING = /-?feeling:"(?:[^"\\]|\\.)*"(?:\^[\d.e-]+)?/g;

// A part for each of the query's emotions, in their order.
export const feelings = ({ written }) => written.match(FEELING) ?? [];

export const feeling = (word) => `feeling:${JSON.stringify(word)}`;

export function weighed(part, weight) {
  const size = Math.abs(weight);
  return `${weight < 0 ? "-" : ""}${part.replace(/^-|\^[\d.e-]+$/g, "")}${size === 1 ? "" : `^${size}`}`;
}

// The same question with other feelings.
export const withFeelings = (query, parts) => to({ q: parts.join(" "), ...parameters(query.filters) });

// The same question under other filters. The text stays as it was typed if it names no filter itself.
export function withFilters(query, filters) {
  const q = saysFilters(query) ? feelings(query).join(" ") : query.text;
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
