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
async function saveNow(line) {
  const draft = line.draft;
  if (!draft || !isChanged(line)) return present(line);
  const before = line.base;
  const told = await ask(path("save"), { ...baseOf(before), ...wantedOf(draft), by: knownName() });
  return taken(told, line, before, draft);
}

/** Take what became of a line. */
function taken(told, line, before, draft) {
  if (told.outcome === "conflict") {
    take(told.language);
    clashes(line, told);
    tell(word("conflict_told", { number: line.now.number }));
    whenChanged();
    return null;
  }
  settled(line, told, draft);
  take(told.language, [{ line, place: told.place }]);
  if (told.outcome !== "same") done.push([stepBack(line, before)]);
  tell(word(told.is_utf8_now ? "saved_utf8" : told.outcome === "merged" ? "saved_merged" : "saved_line", { number: line.now.number }));
  whenChanged();
  return line;
}

function clashes(line, { place, language: now }) {
  line.theirs = place === null ? { text: word("gone_line") } : now.lines[place];
}

/** Forget a draft that is on the disk now; what was typed while it was on its way is a change of its own. */
function settled(line, { place, language: now }, draft) {
  if (line.draft === draft || !draft) line.draft = null;
  else line.base = now.lines[place];
  line.theirs = null;
  line.live = null;
}

/** Give how a line that was taken gets back to what it was before. */
const stepBack = (line, before) => ({ before: wantedOf(before), digest: line.now.digest, place: line.now.place });

/** Give lines other texts in one step, here and for "babelreel undo"; tells which are on the disk, and which are not. */
export function saveAll(changes) {
  return inOrder(async () => {
    const told = { saved: [], refused: [] };
    for (const { line, text } of changes) {
      if (present(line)) change(line, { text });
      else told.refused.push(line); // one that somebody else changed meanwhile is to be looked at first
    }
    const sent = changes.map(({ line }) => line).filter((line) => present(line) && isChanged(line))
      .map((line) => ({ line, before: line.base, draft: line.draft }));
    try {
      if (sent.length) await saveMany(sent, told);
    } finally {
      whenChanged();
    }
    return told;
  });
}

async function saveMany(sent, told) {
  const answer = await askAll(sent.map(({ before, draft }) => ({ place: before.place, digest: before.digest, ...wantedOf(draft) })));
  const each = sent.map((one, at) => ({ ...one, now: { ...answer.lines[at], language: answer.language } }));
  const isSaved = ({ now }) => !["conflict", "refused"].includes(now.outcome);
  const saved = each.filter(isSaved);
  for (const { line, now, draft } of saved) settled(line, now, draft);
  take(answer.language, saved.map(({ line, now }) => ({ line, place: now.place })));
  for (const { line, now } of each) if (now.outcome === "conflict") clashes(line, now);
  const step = saved.filter(({ now }) => now.outcome !== "same").map(({ line, before }) => stepBack(line, before));
  if (step.length) done.push(step);
  for (const one of each) told[isSaved(one) ? "saved" : "refused"].push(one.line);
}

const askAll = (lines) => ask(path("save-all"), { version: language.version, lines, by: knownName() });

/** Take back the last step; as often as there were any. */
export function undo() {
  return inOrder(async () => {
    const step = done.pop() ?? [];
    const found = step.map((item) => ({ item, line: lineOf(item) }));
    const sent = found.filter(({ line }) => line);
    const wanted = sent.map(({ item: { before }, line }) => ({ place: line.now.place, digest: line.now.digest, ...before, is_empty_meant: !before.text }));
    const answer = sent.length && await askAll(wanted).catch((error) => {
      if (error.status === 0) done.push(step); // nobody answered: it is still to be taken back
      throw error;
    });
    const undone = sent.map(({ line }, at) => ({ line, ...answer.lines[at] })).filter(({ outcome }) => !["conflict", "refused"].includes(outcome));
    for (const { line } of undone) line.draft = null;
    if (answer) take(answer.language, undone);
    tellUndone(step, undone);
    if (step.length) whenChanged(undone.at(-1)?.place);
  });
}

function lineOf({ digest, place }) {
  const alike = language.lines.filter((line) => line.now.digest === digest);
  return alike.sort((a, b) => Math.abs(a.now.place - place) - Math.abs(b.now.place - place))[0];
}

function tellUndone(step, undone) {
  const parts = [];
  if (step.length === 1 && undone.length) parts.push(word("undone", { number: undone[0].line.now.number }));
  else if (undone.length) parts.push(word("undone_many", { count: undone.length }));
  if (undone.length < step.length) parts.push(word("undo_changed"));
  tell(parts.join(" "));
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
