// The light film: made while people are at work, and shown as soon as it is there.

import { ask } from "../door.js";
import { byId, say } from "../elements.js";
import { isLightComing, setPicture, showLight } from "../film.js";
import { tell } from "../telling.js";
import { word } from "../words.js";

const LOOK_EVERY_MS = 1000;
let revision = "";
let whenKnown = () => {};

/** Watch how far the film is; `onKnown` is told the shots, the speech and whether there is a sound, when they are known. */
export function watchFilm(onKnown) {
  whenKnown = onKnown;
  void look("&again=1");
}

async function look(again = "") {
  let told;
  try {
    told = await ask(`film?known=${revision}${again}`);
  } catch {
    setTimeout(look, 5 * LOOK_EVERY_MS); // saving tells that nobody answers
    return;
  }
  revision = told.revision;
  if (told.known) {
    setPicture(told.known.frame_ms);
    whenKnown(told.known);
  }
  if (told.stage === "ready" && showLight(told.version)) tell(word("light_there"));
  isLightComing(told.stage === "making");
  show(told);
  if (told.is_at_work) setTimeout(look, LOOK_EVERY_MS);
}

function show({ stage, share, trouble }) {
  const note = byId("film-state");
  const isOpen = stage === "making" || Boolean(trouble);
  note.hidden = !isOpen;
  note.classList.toggle("warning", Boolean(trouble));
  if (stage === "making") say(note, word("light_coming", { percent: Math.floor(share * 100) }));
  if (trouble) say(note, `${word("light_failed")} ${[trouble.what, trouble.why, trouble.hint].filter(Boolean).join(" – ")}`);
}
