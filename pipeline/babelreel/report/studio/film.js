// The film, and the line that is shown over it.

import { byId, make } from "./elements.js";
import { current, language } from "./model.js";
import { shown as written } from "./times.js";
import { word } from "./words.js";

const video = () => byId("video");
let frameMs = 40;
let stopAt = null;
let lastShown = "";
let isRightToLeft = false;
let whenPlace = () => {};
let light = "";
let isComing = false;

/** Open the film; `onPlace` is told the line that is shown, and when. */
export function openFilm(frame_ms, onPlace) {
  frameMs = frame_ms;
  whenPlace = onPlace;
  const film = video();
  film.addEventListener("error", tellNoFilm);
  film.addEventListener("loadeddata", tellDrawn);
  for (const event of ["timeupdate", "seeked", "loadeddata"]) film.addEventListener(event, draw);
  film.addEventListener("play", () => { isPlaying(true); requestAnimationFrame(follow); });
  film.addEventListener("pause", () => isPlaying(false));
  film.addEventListener("durationchange", () => { byId("place").max = film.duration || 0; });
  byId("play").addEventListener("click", () => { stopAt = null; void (film.paused ? film.play().catch(() => {}) : film.pause()); });
  byId("place").addEventListener("input", (event) => { film.currentTime = Number(event.target.value); });
  film.src = "/film";
}

/** Say how long a picture is shown, as soon as that is known. */
export function setPicture(frame_ms) {
  frameMs = frame_ms;
}

/** Say whether a film that any browser plays is on its way. */
export function isLightComing(is) {
  isComing = is;
  if (video().error) tellNoFilm();
}

/** Show the light film at the moment where the other one is, once that rests; tells whether it is another one. */
export function showLight(version) {
  const film = video();
  if (light === version) return false;
  light = version;
  const change = () => {
    const at = film.currentTime;
    film.src = `/film/light?v=${version}`;
    film.currentTime = at;
  };
  if (film.paused) change();
  else film.addEventListener("pause", change, { once: true });
  return true;
}

function tellNoFilm() {
  byId("film-note").textContent = word(isComing ? "no_film_yet" : "no_film");
}

function tellDrawn() {
  if (byId("still").hidden) byId("film-note").textContent = word("drawn_by_the_page");
}

/** Draw the lines of a language from now on. */
export function drawLanguage(isRtl) {
  isRightToLeft = isRtl;
  draw();
}

/** Give the moment of the film, in milliseconds, on a picture's own time. */
export const momentMs = () => Math.round(Math.round((video().currentTime * 1000) / frameMs) * frameMs);

/** Give how long a picture is shown. */
export const pictureMs = () => frameMs;

/** Show the beginning of a line. */
export function showLine(line) {
  stopAt = null;
  video().currentTime = current(line).start_ms / 1000 + frameMs / 2000;
}

/** Play one line, from its beginning to its end. */
export async function playLine(line) {
  showLine(line);
  stopAt = current(line).end_ms / 1000;
  try {
    await video().play();
  } catch {
    stopAt = null; // there is no film, or the browser wants a tap first
  }
}

/** Run the film from a moment (in seconds), as loud as the recorder says, until it is told to rest. */
export function runFilm(from_s) {
  stopAt = null;
  video().currentTime = from_s + frameMs / 2000;
  video().volume = Number(byId("original").value);
  void video().play().catch(() => {});
}

/** Let the film rest, and be as loud as ever afterwards. */
export function restFilm() {
  video().pause();
  video().volume = 1;
}

function isPlaying(is) {
  byId("play").setAttribute("aria-pressed", String(is));
  byId("play").textContent = is ? "❚❚" : "▶";
}

function follow() {
  draw();
  if (stopAt !== null && video().currentTime >= stopAt) {
    video().pause();
    stopAt = null;
  }
  if (!video().paused) requestAnimationFrame(follow);
}

/** Draw what is shown at this moment, with what somebody is just writing. */
export function draw() {
  const now = video().currentTime * 1000;
  byId("clock").textContent = written(Math.round(now));
  byId("place").value = now / 1000;
  byId("place").setAttribute("aria-valuetext", byId("clock").textContent);
  const shown = language.lines.filter((line) => current(line).start_ms <= now && now < current(line).end_ms);
  const state = JSON.stringify(shown.map((line) => [line.now.place, current(line).text]));
  if (state === lastShown) return;
  lastShown = state;
  byId("drawn").replaceChildren(...shown.map(drawn));
  whenPlace(shown.map((line) => line.now.place));
}

function drawn(line) {
  const text = make("span", { lang: language.tag, dir: isRightToLeft ? "rtl" : "ltr" });
  text.textContent = current(line).text;
  if (line.now.italic) text.className = "italic";
  return make("p", { className: `at-${line.now.align}` }, text);
}
