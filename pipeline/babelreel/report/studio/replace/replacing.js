// Finds a text in all lines of the language, and replaces it: one place after the other, or all in one step.

import { byId, make, say } from "../elements.js";
import { showLine } from "../film.js";
import { viewFor } from "../list.js";
import { current, language } from "../model.js";
import { saveAll } from "../saving.js";
import { tell } from "../telling.js";
import { word } from "../words.js";
import { findAll, replaced } from "./matching.js";

const MOST_NAMED = 20;
const BESIDE = 24; // letters that are shown before and behind a place
let at = null; // the place that is shown: { line, place }

/** Listen to the fields; who may not change lines does not see them. */
export function openReplacing() {
  for (const name of ["find", "same-case", "whole-word"]) byId(name).addEventListener("input", () => { at = null; updateReplacing(); });
  byId("replacing").addEventListener("toggle", updateReplacing);
  byId("next-place").addEventListener("click", () => next());
  byId("replace-one").addEventListener("click", replaceOne);
  byId("replace-all").addEventListener("click", replaceAll);
}

/** Let those replace who may change lines. */
export function mayReplace(is) {
  byId("replacing").hidden = !is;
  at = null;
  updateReplacing();
}

/** Say how often the text stands in the lines now. */
export function updateReplacing() {
  if (!byId("replacing").open) return;
  const all = places();
  const lines = new Set(all.map(({ line }) => line)).size;
  const isAsked = Boolean(byId("find").value);
  say(byId("places"), isAsked ? word(all.length ? "places" : "no_place", { count: all.length, lines }) : word("what_to_find"));
  byId("next-place").disabled = byId("replace-all").disabled = byId("replace-one").disabled = !all.length;
  if (at && !all.some((each) => isSame(each, at))) at = null;
  showPlace();
}

const isSame = (one, other) => one.line === other.line && one.place[0] === other.place[0];

function found(line) {
  const choice = { isCase: byId("same-case").checked, isWord: byId("whole-word").checked, tag: language.tag };
  return findAll(current(line).text, byId("find").value, choice);
}

/** Give all places in the order of the lines. */
const places = () => language.lines.filter((line) => !line.theirs).flatMap((line) => found(line).map((place) => ({ line, place })));

/** Go to the place behind the one that is shown, or behind a given one; behind the last comes the first. */
function next(from = at) {
  const all = places();
  const isBehind = ({ line, place }) => {
    const step = language.lines.indexOf(line) - language.lines.indexOf(from.line);
    return step > 0 || (step === 0 && place[0] >= from.place[1]);
  };
  at = (from && all.find(isBehind)) ?? all[0] ?? null;
  showPlace(true);
}

function showPlace(isGone = false) {
  const shown = byId("place-found");
  if (!at) {
    shown.replaceChildren();
    return;
  }
  const { line, place: [start, end] } = at;
  const { text } = current(line);
  const cut = { before: text.slice(Math.max(0, start - BESIDE), start), behind: text.slice(end, end + BESIDE) };
  shown.replaceChildren(
    word("text_of", { number: line.now.number }), ": ",
    make("bdi", { lang: language.tag }, cut.before, make("mark", {}, text.slice(start, end)), cut.behind));
  if (!isGone) return;
  viewFor(line)?.element.scrollIntoView({ block: "center" });
  if (byId("video").paused) showLine(line);
}

async function replaceOne() {
  if (!at) {
    next();
    return;
  }
  const { line, place } = at;
  const by = byId("replace-by").value;
  const text = replaced(current(line).text, [place], by);
  const told = await saveAll([{ line, text }]);
  if (told) tellAll(told, 1);
  next({ line, place: [place[0], place[0] + by.length] });
  updateReplacing();
}

async function replaceAll() {
  const changes = [];
  let count = 0;
  for (const line of new Set(places().map((each) => each.line))) {
    const here = found(line);
    changes.push({ line, text: replaced(current(line).text, here, byId("replace-by").value) });
    count += here.length;
  }
  const told = await saveAll(changes);
  if (told) tellAll(told, count);
  updateReplacing();
}

function tellAll({ saved, refused }, count) {
  const named = (lines) => lines.slice(0, MOST_NAMED).map((line) => line.now.number).join(", ") + (lines.length > MOST_NAMED ? " …" : "");
  const text = refused.length
    ? word("replaced_not", { lines: named(saved) || "0", left: named(refused) })
    : word("replaced", { count, lines: named(saved) });
  say(byId("replaced"), text);
  tell(text);
}
