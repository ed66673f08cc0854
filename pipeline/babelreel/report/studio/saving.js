// Brings changes to the disk, one after the other; a change that is refused stays in its field.

import { ask, Refusal } from "./door.js";
import { current, isChanged, language, present, take } from "./model.js";
import { askName, knownName } from "./names.js";
import { savedState, tell, trouble } from "./telling.js";
import { word } from "./words.js";

const done = []; // what can be undone: of each step the lines before, and how they are known now
let waiting = 0;
let queue = Promise.resolve();
let whenChanged = () => {};

/** Say who is told that lines have changed: with the places that surely did. */
export function onChange(callback) {
  whenChanged = callback;
}

/** Tell whether anything is not on the disk yet. */
export const isBusy = () => waiting > 0 || language.lines.some(isChanged);
export const canUndo = () => done.length > 0;

const path = (name) => `languages/${language.tag}/${name}`;
const baseOf = (now) => ({ version: language.version, place: now.place, digest: now.digest });
const wantedOf = ({ text, start_ms, end_ms }) => ({ text, start_ms, end_ms });

function inOrder(work) {
  waiting += 1;
  savedState(word("saving"), true);
  const ended = queue.then(work).then(
    (value) => { trouble(); return value; },
    (error) => { if (error instanceof Refusal) trouble(error.status ? error.message : word("gone")); else throw error; },
  ).finally(() => {
    waiting -= 1;
    const isOpen = language.lines.some((line) => isChanged(line));
    if (!waiting) savedState(word(isOpen ? "not_saved" : "all_saved"), isOpen);
  });
  queue = ended.catch(() => {});
  return ended;
}

/** Save a line, if it was changed; tells whether it is on the disk now. */
export function save(line) {
  if (!isChanged(line)) {
    line.draft = null;
    return Promise.resolve(!line.theirs);
  }
  return inOrder(() => saveNow(line));
}

/** Save a line in its turn; gives the line as it is on the disk then, null where it is not. */
async function saveNow(line, step = null) {
  const draft = line.draft;
  if (!draft || !isChanged(line)) return present(line);
  const before = line.base;
  const told = await ask(path("save"), { ...baseOf(before), ...wantedOf(draft), by: knownName() });
  return taken(told, line, before, draft, step);
}

/** Take what became of a line; of a `step` with many lines all is told at its end. */
function taken(told, line, before, draft, step = null) {
  if (told.outcome === "conflict") {
    take(told.language);
    line.theirs = told.place === null ? { text: word("gone_line") } : told.language.lines[told.place];
    if (!step) tell(word("conflict_told", { number: line.now.number }));
    if (!step) whenChanged();
    return null;
  }
  // what was typed while this was on its way is a change of its own
  const isStill = line.draft === draft || !draft;
  if (isStill) line.draft = null;
  else line.base = told.language.lines[told.place];
  line.theirs = null;
  line.live = null;
  take(told.language, { line, place: told.place });
  const item = { before: wantedOf(before), digest: line.now.digest, place: told.place };
  if (step && told.outcome !== "same") step.push(item);
  if (step) return line;
  if (told.outcome !== "same") done.push([item]);
  tell(word(told.is_utf8_now ? "saved_utf8" : told.outcome === "merged" ? "saved_merged" : "saved_line", { number: line.now.number }));
  whenChanged();
  return line;
}

/** Give lines other texts, each as `save` does, in one step of `undo`; tells which are on the disk, and which are not. */
export function saveAll(changes) {
  return inOrder(async () => {
    const step = [];
    const told = { saved: [], refused: [] };
    try {
      for (const { line, text } of changes) {
        if (present(line)) change(line, { text }); // one that somebody else changed meanwhile is to be looked at first
        told[present(line) && await isSaved(line, step) ? "saved" : "refused"].push(line);
      }
    } finally {
      if (step.length) done.push(step);
      whenChanged();
    }
    return told;
  });
}

/** Save one line of many: one that is refused does not keep the others from being saved. */
async function isSaved(line, step) {
  try {
    return Boolean(await saveNow(line, step));
  } catch (error) {
    if (error instanceof Refusal && error.status) return false;
    throw error;
  }
}

/** Take back the last step; as often as there were any. */
export function undo() {
  return inOrder(async () => {
    const step = done.pop() ?? [];
    let place;
    for (const item of step.reverse()) place = await undoOne(item, step.length === 1);
    if (step.length > 1) tell(word("undone_many", { count: step.length }));
    if (step.length) whenChanged(place);
  });
}

async function undoOne(last, isAlone) {
  const alike = language.lines.filter((line) => line.now.digest === last.digest);
  alike.sort((a, b) => Math.abs(a.now.place - last.place) - Math.abs(b.now.place - last.place));
  const told = alike.length
    ? await ask(path("save"), { ...baseOf(alike[0].now), ...last.before, is_empty_meant: !last.before.text, by: knownName() })
    : { outcome: "conflict" };
  if (told.outcome === "conflict") {
    tell(word("undo_changed"));
  } else {
    alike[0].draft = null;
    take(told.language, { line: alike[0], place: told.place });
    if (isAlone) tell(word("undone", { number: language.lines[told.place].now.number }));
  }
  return told.place;
}

/** Make what a rule offers; what was typed is saved before. */
export function fix(line, finding) {
  return inOrder(async () => {
    const now = await saveNow(line);
    if (!now) return;
    const before = now.now;
    const { code, message } = finding;
    const told = await ask(path("fix"), { ...baseOf(before), code, message, by: knownName() });
    taken(told, now, before, now.draft);
  });
}

/** Keep theirs and forget the draft, or write the draft over theirs. */
export function settle(line, isMine) {
  if (isMine) line.base = line.theirs.digest ? line.theirs : line.now;
  else line.draft = null;
  line.theirs = null;
  whenChanged(line.now.place);
  return isMine ? save(line) : Promise.resolve(true);
}

/** Approve lines as they are seen, each of them saved before. */
export async function approve(lines) {
  const by = await askName();
  if (!by) return;
  await inOrder(async () => {
    const seen = {};
    for (const line of lines) {
      const now = await saveNow(line);
      if (now) seen[now.now.place] = now.now.seen;
    }
    const told = await ask(path("approve"), { seen, by });
    take(told.language);
    tell(word(told.changed ? "approved_not_all" : "approved_told", { count: told.kept, left: told.changed }));
    whenChanged();
  });
}

/** Keep a comment. */
export function comment(line, text) {
  return inOrder(async () => {
    const told = await ask(path("comment"), { place: line.now.place, digest: line.now.digest, comment: text });
    take(told.language);
    tell(word(told.kept ? "comment_kept" : "conflict_told", { number: line.now.number }));
    whenChanged();
  });
}

/** Look whether somebody else changed anything, and what the rules say of it. */
export async function lookAgain() {
  if (waiting || !language.tag) return;
  const told = await ask(path("lines"), { state: language.state });
  if (waiting || !told.language) return;
  language.state = told.state;
  take(told.language);
  whenChanged();
}

/** Change a line in its field; `changes` are some of text, start_ms, end_ms. */
export function change(line, changes) {
  if (!line.draft) line.base = line.now;
  line.draft = { ...wantedOf(current(line)), ...changes };
  if (!isChanged(line)) line.draft = null;
  savedState(word(line.draft ? "not_saved" : "all_saved"), Boolean(line.draft));
}

/** Forget what is not saved of a line, or go back to what was not saved before. */
export function forget(line, draft = null) {
  Object.assign(line, { draft, theirs: null, live: null });
  const isOpen = language.lines.some(isChanged);
  savedState(word(isOpen ? "not_saved" : "all_saved"), isOpen);
}
