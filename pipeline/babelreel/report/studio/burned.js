// The line exactly as it is burned in: a still that the studio takes as a build does, saved or not.

import { askPicture } from "./door.js";
import { byId, say } from "./elements.js";
import { current, language } from "./model.js";
import { word } from "./words.js";

const LOCKED = 423; // others are drawn just now
const AGAIN_MS = 1000;

let isOn = false;
let asked = 0;
let isBusy = false; // a still is shown, or on its way
let last = null; // the line that somebody is at

/** Listen to the button. */
export function openBurned() {
  byId("burned").addEventListener("click", () => {
    isOn = !isOn;
    byId("burned").setAttribute("aria-pressed", String(isOn));
    if (isOn && last) void show(last);
    else hide();
  });
  byId("video").addEventListener("play", hide);
}

/** Show a line as it is burned in, if that is wanted. */
export function burn(line) {
  last = line;
  if (isOn && byId("video").paused) void show(line);
  else hide();
}

function hide() {
  asked += 1;
  if (!isBusy) return;
  isBusy = false;
  byId("still").hidden = true;
  byId("drawn").hidden = false;
  say(byId("film-note"), word("drawn_by_the_page"));
}

async function show(line) {
  asked += 1;
  isBusy = true;
  const mine = asked;
  const { text, start_ms, end_ms } = current(line);
  const { place, digest } = line.base;
  say(byId("film-note"), word("taking"));
  try {
    const picture = await askPicture(`languages/${language.tag}/still`, { version: language.version, place, digest, text, start_ms, end_ms });
    if (mine !== asked) return;
    const still = byId("still");
    URL.revokeObjectURL(still.src);
    still.src = URL.createObjectURL(picture);
    still.alt = word("still_of", { number: line.now.number, text });
    still.hidden = false;
    byId("drawn").hidden = true;
    say(byId("film-note"), word("burned_note", { number: line.now.number }));
  } catch (error) {
    if (mine !== asked) return;
    if (error.status === LOCKED) {
      setTimeout(() => { if (mine === asked) void show(line); }, AGAIN_MS);
      return;
    }
    hide();
    say(byId("film-note"), error.message || word("gone"));
  }
}
