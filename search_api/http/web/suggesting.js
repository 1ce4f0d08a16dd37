// Suggesting words of the vocabulary for the last word that is being typed.
import { get } from "./server.js";

const MOST = 12;

export function suggestWords(input, list) {
  input.addEventListener("focus", () => vocabulary(), { once: true }); // to be there when it is needed
  input.addEventListener("input", async () => {
    const words = await vocabulary();
    const start = input.value.search(/[^\s:"-]*$/u);
    const typed = input.value.slice(start).toLowerCase();
    const fitting = typed ? words.filter((word) => word.startsWith(typed) && word !== typed) : [];
    list.replaceChildren(...fitting.slice(0, MOST).map((word) => new Option(input.value.slice(0, start) + word)));
  });
}

async function vocabulary() {
  const { emotions } = await get("emotions").catch(() => ({ emotions: [] }));
  return emotions.map(({ word }) => word);
}
