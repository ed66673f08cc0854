// Says what happened: to those who see, and to those who listen.

import { byId, say } from "./elements.js";
import { word } from "./words.js";

let isWaiting = false;

/** Tell something in passing. */
export function tell(text) {
  say(byId("spoken"), "");
  // a screen reader says only what changes
  setTimeout(() => say(byId("spoken"), text), 50);
}

/** Tell what is in the way, until it is not any more (no text). */
export function trouble(text = "") {
  isWaiting = false;
  byId("trouble").hidden = !text;
  say(byId("trouble"), text);
}

/** Tell whether everything is on the disk. */
export function savedState(text, isOpen = false) {
  say(byId("saved"), text);
  byId("saved").classList.toggle("open", isOpen);
}

/** Tell that the studio wants the page to wait; it goes on by itself. */
export function haveToWait(is) {
  if (is && byId("trouble").hidden) {
    trouble(word("wait"));
    isWaiting = true;
  } else if (!is && isWaiting) {
    trouble();
  }
}
