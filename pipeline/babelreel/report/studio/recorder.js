// Records a voice line by line, while the film runs: listen, record again, keep.

import { ask, Refusal, sendTake } from "./door.js";
import { byId, make, say } from "./elements.js";
import { findingItem } from "./findings.js";
import { restFilm, runFilm } from "./film.js";
import { beginTape, canListen, chooseMicrophone, closeMicrophone, endTape, microphones, onSound, openMicrophone, playTape, SilentMicrophone } from "./microphone.js";
import { current, isChanged, language, present } from "./model.js";
import { save } from "./saving.js";
import { mixLine } from "./voice/mixed.js";
import { wavOf } from "./wav.js";
import { word } from "./words.js";

const COUNT_S = 3;
const LEAD_S = 0.3; // who begins early is not cut off; the silence before a voice goes when the film is made
const [LOUD, SOFT, ROOM, APART] = [-3, -40, -45, 20]; // decibels
const FLOOR = -60;
let longestS = 120;
let line = null;
let sources = null;
let takes = [];
let phase = "ready"; // counting, recording, heard, playing, sending, mixing, mixed
let turn = 0; // what was begun before is over
let base = null; // the line as it was read aloud
let tape = null;
let room = [];
let voice = [];
let stopPlaying = () => {};

const decibels = (power) => (power ? Math.max(FLOOR * 2, 10 * Math.log10(power)) : FLOOR * 2);
const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

/** Wire the recorder; `longest_s` is how long a take may be. */
export function openRecorder(longest_s) {
  longestS = longest_s;
  onSound(heard, () => { void cancel(); note(word("no_microphone")); });
  byId("record").addEventListener("click", () => void (phase === "counting" ? cancel() : phase === "recording" ? stop() : begin()));
  byId("listen").addEventListener("click", () => (phase === "playing" ? stopPlaying() : listen()));
  byId("keep").addEventListener("click", () => void keep(wavOf(tape)));
  byId("in-film").addEventListener("click", () => (phase === "mixed" ? stopPlaying() : void hearMix()));
  byId("sound-file").addEventListener("change", (event) => void sendFile(event.target));
  byId("next-line").addEventListener("click", () => void showNext());
  byId("close-recorder").addEventListener("click", closeRecorder);
  byId("recorder").addEventListener("keydown", (event) => { if (event.key === "Escape") closeRecorder(); });
  byId("original").addEventListener("input", (event) => { byId("video").volume = Number(event.target.value); });
  byId("microphones").addEventListener("change", (event) => void guarded(() => chooseMicrophone(event.target.value)));
}

/** Tell whether there is a voice that is not kept yet. */
export const hasTape = () => tape !== null || phase === "recording";

/** Open the recorder for a line; what was typed in it is saved before. */
export async function record(wanted, given) {
  if (!["ready", "heard"].includes(phase)) return;
  if (tape) {
    byId("keep").focus(); // a voice goes only by her own word: Again, or Close
    return;
  }
  sources = given;
  if (isChanged(wanted) && !(await save(wanted))) return;
  show(wanted);
  byId("recorder").hidden = false;
  byId("record").focus();
  byId("record").scrollIntoView({ block: "nearest" });
  await guarded(learn);
  if (!canListen()) {
    note(word("no_secure"));
    return;
  }
  await guarded(async () => {
    await openMicrophone();
    byId("microphones").replaceChildren(...(await microphones()).map((each) => make("option", { value: each.id, selected: each.isOpen }, each.name)));
  });
}

/** Show what is so now of the line that is open; who reads aloud is not disturbed. */
export function updateRecorder() {
  if (!line || !["ready", "heard"].includes(phase)) return;
  if (language.tag === byId("recorder-text").lang && present(line)) say(byId("recorder-text"), current(line).text);
  else closeRecorder();
}

function show(wanted) {
  turn += 1;
  line = wanted;
  tape = null;
  const { now } = line;
  say(byId("recorder-title"), word("record_line", { number: now.number }));
  Object.assign(byId("recorder-source"), { lang: sources.tag, dir: sources.is_rtl ? "rtl" : "ltr" });
  say(byId("recorder-source"), now.source);
  Object.assign(byId("recorder-text"), { lang: language.tag, dir: sources.is_own_rtl ? "rtl" : "ltr" });
  say(byId("recorder-text"), current(line).text);
  byId("take-findings").replaceChildren();
  note(word("headphones"));
  enter("ready");
  tellTake();
}

async function learn() {
  takes = (await ask(`languages/${language.tag}/takes`)).takes;
  tellTake();
}

const take = () => takes.find((each) => each.place === line?.now.place);

function tellTake() {
  const found = take();
  say(byId("take-state"), found?.path ? word(found.is_of_other_text ? "take_old" : "take_there", { path: found.path }) : word("take_missing"));
  byId("in-film").disabled = !canMix();
}

const canMix = () => phase === "mixed" || (phase === "ready" && Boolean(take()?.path));

function enter(next) {
  phase = next;
  const isBusy = ["counting", "recording", "sending"].includes(phase);
  say(byId("record"), word(isBusy ? "stop" : tape ? "again" : "record"));
  byId("record").disabled = ["sending", "playing", "mixing", "mixed"].includes(phase) || !canListen();
  byId("record").setAttribute("aria-pressed", String(phase === "recording"));
  byId("listen").disabled = !tape || isBusy;
  say(byId("listen"), word(phase === "playing" ? "stop" : "listen"));
  byId("keep").disabled = !tape || isBusy || phase === "playing";
  say(byId("in-film"), word(phase === "mixed" ? "stop" : "in_film"));
  byId("in-film").disabled = !canMix();
  byId("sound-file").disabled = phase !== "ready";
  byId("next-line").disabled = phase !== "ready";
  byId("microphones").disabled = isBusy;
  byId("recorder").dataset.phase = phase;
}

async function begin() {
  turn += 1;
  const mine = turn;
  // what she reads is what stands in the file
  if ((isChanged(line) && !(await save(line))) || mine !== turn) return;
  tape = null;
  base = { place: line.now.place, digest: line.now.digest };
  [room, voice] = [[], []];
  const start_s = current(line).start_ms / 1000;
  const run_s = Math.min(COUNT_S, start_s);
  byId("take-findings").replaceChildren();
  enter("counting");
  if (!(await guarded(openMicrophone)) || mine !== turn) {
    if (mine === turn) enter("ready");
    return;
  }
  for (let left = COUNT_S; left > 0; left -= 1) {
    note(word("count_in", { seconds: left }));
    // so much of the film as there is before the line runs while she counts
    const wait_s = Math.max(0, left - run_s);
    if (left - 1 < run_s && run_s <= left) {
      await pause(wait_s);
      if (mine !== turn) return;
      runFilm(start_s - run_s);
    }
    const rest_s = left - 1 < run_s && run_s <= left ? 1 - wait_s : 1;
    await pause(left === 1 ? Math.max(0, rest_s - LEAD_S) : rest_s);
    if (mine !== turn) return;
  }
  beginTape();
  await pause(LEAD_S);
  if (mine !== turn) return;
  if (!run_s) runFilm(0);
  enter("recording");
  note(word("speak"));
  await pause(longestS - 1);
  if (mine === turn && phase === "recording") await stop();
}

async function stop() {
  turn += 1;
  const mine = turn;
  restFilm();
  const samples = await endTape();
  if (mine !== turn) return;
  tape = samples.length ? samples : null;
  enter(tape ? "heard" : "ready");
  note(word(tape ? "take_heard" : "silent_microphone"));
  if (tape) warn();
  byId("keep").focus();
}

async function cancel() {
  turn += 1;
  restFilm();
  await endTape();
  tape = null;
  enter("ready");
  note(word("headphones"));
}

function listen() {
  enter("playing");
  runFilm(Math.max(0, current(line).start_ms / 1000 - LEAD_S));
  stopPlaying = playTape(tape, () => {
    restFilm();
    if (phase === "playing") enter("heard");
  });
}

async function hearMix() {
  turn += 1;
  const mine = turn;
  enter("mixing");
  note(word("mixing"));
  const isMixed = await guarded(async () => {
    const play = await mixLine(line);
    if (mine !== turn) return;
    stopPlaying = play(() => { if (mine === turn) enter("ready"); });
    enter("mixed");
    note(word("in_film_told"));
  });
  if (!isMixed && mine === turn) enter("ready");
}

async function sendFile(field) {
  const [file] = field.files;
  if (!file || phase !== "ready" || (isChanged(line) && !(await save(line)))) return;
  base = { place: line.now.place, digest: line.now.digest };
  await keep(file);
  field.value = ""; // the same file may be chosen again
}

async function keep(sound) {
  const { place, digest } = base;
  enter("sending");
  note(word("saving"));
  let told;
  const isKept = await guarded(async () => {
    const query = new URLSearchParams({ place, digest });
    told = await sendTake(`languages/${language.tag}/take?${query}`, sound);
    tape = null;
  });
  enter(tape ? "heard" : "ready");
  if (!isKept) return;
  note(word("take_kept", { path: told.path }));
  byId("take-findings").replaceChildren(...told.findings.map((each) => findingItem(each)));
  byId("next-line").focus();
  await guarded(learn);
}

async function showNext() {
  const places = takes.map((each) => each.place).sort((a, b) => a - b);
  const next = places.find((place) => place > line.now.place);
  if (next === undefined) {
    closeRecorder();
    return;
  }
  await record(language.lines[next], sources);
}

/** Close the recorder, and let go of the microphone. */
export function closeRecorder() {
  if (byId("recorder").hidden || phase === "sending") return;
  turn += 1;
  if (["playing", "mixed"].includes(phase)) stopPlaying();
  restFilm();
  closeMicrophone();
  tape = null;
  enter("ready");
  byId("recorder").hidden = true;
  document.querySelector(`#line-${line.now.place} .record`)?.focus();
  line = null;
}

function heard({ peak, clipped, power }) {
  const level = byId("level");
  level.value = Math.max(FLOOR, decibels(peak * peak));
  if (phase === "counting") room.push(power);
  if (phase === "recording") voice.push({ power, clipped });
  const now = clipped ? "too_loud" : phase === "counting" && isNoisy() ? "too_noisy" : "";
  if (now || phase === "counting") say(byId("level-note"), now && word(now));
}

const mean = (powers) => decibels(powers.reduce((sum, each) => sum + each, 0) / (powers.length || 1));
const isNoisy = () => room.length > 10 && mean(room) > ROOM;

function warn() {
  const loudest = Math.max(...voice.map((each) => decibels(each.power)), FLOOR * 2);
  const found = [];
  if (voice.some((each) => each.clipped) || loudest > LOUD) found.push("too_loud");
  if (loudest < SOFT) found.push("too_soft");
  else if (isNoisy() || loudest - mean(room) < APART) found.push("too_noisy");
  say(byId("level-note"), found.map((each) => word(each)).join(" "));
}

const note = (text) => say(byId("recorder-note"), text);

async function guarded(work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Refusal) note(error.status ? error.message : word("gone"));
    else if (error instanceof SilentMicrophone) note(word("silent_microphone"));
    else if (error.name === "NotAllowedError") note(word("microphone_refused"));
    else if (["NotFoundError", "NotReadableError", "OverconstrainedError"].includes(error.name)) note(word("no_microphone"));
    else throw error;
    return false;
  }
}
