// Paintings beside one: those that look or feel like it, and those that look alike and feel otherwise.
import { fresh, here, mixed, opened } from "./address.js";
import { byline, near, opposed, picture, wall } from "./cards.js";
import { link, make, sentence, tabs } from "./dom.js";
import { get } from "./server.js";

const SAID = {
  look: (title) => `Paintings that look like ${title}`,
  feeling: (title) => `Paintings that feel like ${title}`,
  contrast: (title) => `Paintings that look like ${title} and feel otherwise`,
};

export async function relating(signal) {
  const id = here().get("like");
  const by = Object.hasOwn(SAID, here().get("by")) ? here().get("by") : "look";
  const place = `paintings/${encodeURIComponent(id)}`;
  const [work, answer] = await Promise.all([
    get(place, "", signal),
    by === "contrast" ? get(`${place}/contrast`, "top_k=12", signal) : get(`${place}/similar`, `by=${by}&top_k=24`, signal),
  ]);
  const choices = [["Looks alike", "look"], ["Feels alike", "feeling"], ["Contrast", "contrast"]].map(
    ([text, each]) => [text, fresh({ like: id, by: each }), each === by]);
  const lead = anchor(
    make("a", { class: "picture", href: opened(id, "emotions") }, picture(work)),
    SAID[by](work.title),
    sentence(byline(work), "by"),
    tabs("How they are compared", choices),
    make("p", { class: "actions" }, link("Mix it with feelings and other paintings", mixed({ liked: [id] }))),
  );
  const mix = { liked: [id], by };
  const hits = answer.hits.map((hit) => (by === "contrast" ? opposed : near)(hit, mix));
  return {
    title: `Like ${work.title}`,
    status: hits.length ? "" : "No other painting is near enough",
    release: answer.release,
    view: make("div", {}, lead, wall(hits)),
  };
}

// What others are compared with, above them.
export function anchor(image, heading, ...told) {
  return make("section", { class: "anchor" }, image, make("div", {}, make("h2", {}, heading), told));
}
