// The stretch of the film around the line that somebody is at: seen, and times drawn with the pointer.

import { byId } from "../elements.js";
import { askBytes } from "../door.js";
import { pictureMs } from "../film.js";
import { viewFor } from "../list.js";
import { current, language } from "../model.js";
import { forget, save } from "../saving.js";
import { drawTimeline } from "./drawing.js";
import { knowStops, snapped } from "./stops.js";

const SPANS_MS = [2000, 4000, 8000, 15_000, 30_000, 60_000, 180_000];
const OPEN = "babelreel-studio-timeline";
const SNAP = "babelreel-studio-snap";
const NEAR_PX = { mouse: 6, pen: 10, touch: 16 };

const known = { peaks: new Uint8Array(), peak_ms: 10, shots: [], speech: [], duration_ms: 0 };
const view = { from_ms: 0, span_ms: SPANS_MS[3] };
let isDirty = false;
let drag = null; // what the pointer holds: { view, key, before, isMoved }
let at = null; // the line that somebody is at
let isRightToLeft = false;

const video = () => byId("video");
const canvas = () => byId("timeline-picture");
const nowMs = () => video().currentTime * 1000;

/** Open the timeline, or leave it closed where somebody closed it, or where there is no room. */
export function openTimeline() {
  const box = byId("timeline");
  const wish = localStorage.getItem(OPEN);
  box.open = wish ? wish === "yes" : matchMedia("(min-width: 56em)").matches;
  box.addEventListener("toggle", () => { localStorage.setItem(OPEN, box.open ? "yes" : "no"); void loadPeaks(); redraw(); });
  byId("snap").checked = localStorage.getItem(SNAP) !== "no";
  byId("snap").addEventListener("change", (event) => localStorage.setItem(SNAP, event.target.checked ? "yes" : "no"));
  byId("closer").addEventListener("click", () => zoom(-1));
  byId("wider").addEventListener("click", () => zoom(1));
  for (const event of ["timeupdate", "seeked", "loadeddata"]) video().addEventListener(event, follow);
  video().addEventListener("play", run);
  new ResizeObserver(redraw).observe(canvas());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  canvas().addEventListener("pointerdown", hold);
  canvas().addEventListener("pointermove", move);
  canvas().addEventListener("pointerup", release);
  canvas().addEventListener("pointercancel", letGo);
  canvas().addEventListener("wheel", turn, { passive: false });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") letGo(); });
}

/** Draw the lines of a language from now on. */
export function drawLines(isRtl) {
  isRightToLeft = isRtl;
  at = null;
  redraw();
}

/** Take what became known of the film. */
export function knowFilm(told) {
  Object.assign(known, { shots: told.shots, speech: told.speech, duration_ms: told.duration_ms, peak_ms: told.peak_ms ?? 0 });
  knowStops(told);
  canvas().dataset.shots = String(told.shots.length);
  void loadPeaks();
  redraw();
}

/** Show a line, and what is around it. */
export function lookAt(line) {
  at = line;
  const { start_ms, end_ms } = current(line);
  while (end_ms - start_ms > view.span_ms * 0.9 && SPANS_MS.indexOf(view.span_ms) < SPANS_MS.length - 1) {
    view.span_ms = SPANS_MS[SPANS_MS.indexOf(view.span_ms) + 1];
  }
  if (start_ms < view.from_ms || end_ms > view.from_ms + view.span_ms) goTo((start_ms + end_ms) / 2);
  redraw();
}

/** Draw what has changed, once for each picture of the screen. */
export function redraw() {
  if (isDirty || !byId("timeline").open) return;
  isDirty = true;
  requestAnimationFrame(() => {
    isDirty = false;
    const { from_ms, span_ms } = view;
    const boxes = language.lines
      .map((line) => ({ line, ...current(line), is_current: line === at }))
      .filter((each) => each.end_ms > from_ms && each.start_ms < from_ms + span_ms)
      .map((each) => ({ ...each, text: `${each.line.now.number}  ${each.text.replaceAll("\n", " ")}` }));
    drawTimeline(canvas(), view, known, boxes, nowMs(), isRightToLeft);
  });
}

async function loadPeaks() {
  if (!byId("timeline").open || !known.peak_ms || known.peaks.length) return;
  try {
    known.peaks = new Uint8Array(await askBytes("film/peaks"));
  } catch {
    return; // the lines go on without
  }
  canvas().dataset.peaks = String(known.peaks.length);
  redraw();
}

function goTo(ms) {
  const last = Math.max(0, (known.duration_ms || Infinity) - view.span_ms);
  view.from_ms = Math.min(last, Math.max(0, ms - view.span_ms / 2));
  redraw();
}

function zoom(step) {
  const place = Math.min(SPANS_MS.length - 1, Math.max(0, SPANS_MS.indexOf(view.span_ms) + step));
  const middle = at ? current(at).start_ms : nowMs();
  view.span_ms = SPANS_MS[place];
  goTo(middle);
}

function turn(event) {
  if (event.ctrlKey) zoom(Math.sign(event.deltaY));
  else if (event.deltaX) goTo(view.from_ms + view.span_ms / 2 + (event.deltaX / canvas().clientWidth) * view.span_ms);
  else return;
  event.preventDefault();
}

function follow() {
  const now = nowMs();
  if (!drag && (now < view.from_ms || now > view.from_ms + view.span_ms)) goTo(now + view.span_ms * 0.4);
  redraw();
}

function run() {
  follow();
  if (!video().paused) requestAnimationFrame(run);
}

const msAt = (event) => view.from_ms + ((event.clientX - canvas().getBoundingClientRect().left) / canvas().clientWidth) * view.span_ms;

/** Find what lies under the pointer: an edge of a line, of the one that somebody is at before all others; or a line. */
function under(event) {
  const ms = msAt(event);
  const near = ((NEAR_PX[event.pointerType] ?? NEAR_PX.mouse) / canvas().clientWidth) * view.span_ms;
  const edges = [...language.lines].sort((a, b) => (b === at) - (a === at)).flatMap((line) => ["start_ms", "end_ms"].map((key) => ({ line, key })));
  const away = ({ line, key }) => Math.abs(current(line)[key] - ms);
  const edge = edges.filter((each) => away(each) <= near).reduce((best, each) => (best && away(best) <= away(each) ? best : each), null);
  const line = language.lines.find((each) => current(each).start_ms <= ms && ms < current(each).end_ms);
  return edge ?? (line ? { line, key: null } : null);
}

function hold(event) {
  if (event.button !== 0) return;
  const found = under(event);
  const own = found && viewFor(found.line);
  if (!found?.key || !own?.may.repair) {
    if (found) own?.element.scrollIntoView({ block: "nearest" });
    if (found) at = found.line;
    video().currentTime = Math.max(0, msAt(event)) / 1000;
    redraw();
    return;
  }
  event.preventDefault();
  at = found.line;
  canvas().setPointerCapture(event.pointerId);
  drag = { own, key: found.key, before: found.line.draft, isMoved: false };
  own.element.scrollIntoView({ block: "nearest" });
  redraw();
}

function move(event) {
  if (!drag) {
    canvas().style.cursor = under(event)?.key ? "ew-resize" : "pointer";
    return;
  }
  const { own, key } = drag;
  const wished = byId("snap").checked && !event.altKey ? snapped(key, msAt(event)) : msAt(event);
  const { start_ms, end_ms } = current(own.line);
  const least = pictureMs();
  const ms = key === "start_ms" ? Math.min(wished, end_ms - least) : Math.max(wished, start_ms + least);
  const onPicture = Math.max(0, Math.round(Math.round(ms / least) * least));
  if (onPicture === current(own.line)[key]) return;
  drag.isMoved = true;
  own.typed({ [key]: onPicture });
  video().currentTime = onPicture / 1000 + least / 2000;
  redraw();
}

function release() {
  if (!drag) return;
  const { own, isMoved } = drag;
  drag = null;
  if (isMoved) void save(own.line);
  redraw();
}

/** Let an edge be where it was. */
function letGo() {
  if (!drag) return;
  const { own, before } = drag;
  drag = null;
  forget(own.line, before);
  own.update(own.line);
  redraw();
}
