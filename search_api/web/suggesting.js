// Suggesting words of the vocabulary for the last word that is being typed.
import { get } from "./server.js";

const MOST = 12;

export function suggestWords(input, list) {
  let words = [];
  const load = async () => {
    const { emotions } = await get("emotions").catch(() => ({ emotions: [] }));
    words = emotions.map(({ word }) => word);
  };
  input.addEventListener("focus", () => words.length || load());
  input.addEventListener("input", () => {
    const start = input.value.search(/[^\s:"-]*$/u);
    const typed = input.value.slice(start).toLowerCase();
    const fitting = typed ? words.filter((word) => word.startsWith(typed) && word !== typed) : [];
    list.replaceChildren(...fitting.slice(0, MOST).map((word) => new Option(input.value.slice(0, start) + word)));
  });
}
