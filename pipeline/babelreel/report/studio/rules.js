// Asks the rules: of a line while it is written, and of all lines when something came to the disk.

import { ask } from "./door.js";
import { findingsOf, language, takeFindings } from "./model.js";
import { tell } from "./telling.js";
import { word } from "./words.js";

const PAUSE_MS = 150;
const timers = new Map();
let latest = 0;

/** Ask of one line as it is being written, as soon as she makes a pause; `show` is called with the answer. */
export function askOf(view, show) {
  clearTimeout(timers.get(view));
  timers.set(view, setTimeout(() => answerOf(view, show), PAUSE_MS));
}

async function answerOf(view, show) {
  const { line } = view;
  const { draft, base } = line;
  if (!draft) {
    line.live = null;
    show();
    return;
  }
  const { text, start_ms, end_ms } = draft;
  let found;
  try {
    const asked = { version: language.version, place: base.place, digest: base.digest, text, start_ms, end_ms };
    found = (await ask(`languages/${language.tag}/look`, asked)).findings;
  } catch (error) {
    if (!error.status) return; // nobody answers: saving will tell
    found = [{ place: base.place, code: "", severity: "error", message: error.message, numbers: "", has_fix: false }];
  }
  if (view.line.draft !== draft) return; // she wrote on
  const before = findingsOf(line).length;
  line.live = found;
  show();
  if (found && found.length !== before) tell(word(found.length ? "found_told" : "nothing_found", { number: line.now.number, count: found.length }));
}

/** Ask of all lines; gives what is found in the file itself, null where a later question is on its way. */
export async function askOfAll() {
  latest += 1;
  const mine = latest;
  const { tag } = language;
  const told = await ask(`languages/${tag}/findings`);
  if (mine !== latest || tag !== language.tag || told.version !== language.version) return null;
  for (const line of language.lines) if (!line.draft) line.live = null;
  return takeFindings(told.findings);
}
