// Starts a language that has no lines yet: each line gets its time from the original, and waits for its text.

import { byId, make } from "./elements.js";
import { ask } from "./door.js";

let known = [];

/** Offer languages to start; `start` is called with the answer of the studio. */
export function offerNew(languages, start) {
  known = languages;
  byId("new-language").hidden = !languages.length;
  byId("new-language").onclick = () => openNew("", start);
}

/** Tell whether a language can be started here. */
export const canStart = (tag) => Boolean(known.length) && Boolean(tag);

/**
 * Ask which language is to be started; `wished` is the one that the link names, also if we know little of it.
 * Where none is, `otherwise` is called.
 */
export function openNew(wished, start, otherwise = () => {}) {
  const listed = known.some((each) => each.tag === wished) || !wished ? known : [{ tag: wished, name: wished }, ...known];
  byId("new-languages").replaceChildren(...listed.map((each) => make("option", { value: each.tag, lang: each.tag }, each.name)));
  if (wished) byId("new-languages").value = wished;
  const dialog = byId("new-dialog");
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    void (dialog.returnValue === "yes" ? start(byId("new-languages").value) : otherwise());
  }, { once: true });
  dialog.showModal();
}

/** Write the lines of a new language; gives its tag. */
export const begin = async (tag) => (await ask(`languages/${tag}/start`)).tag;
