// Opens the studio.

import { begin, canStart, offerNew, openNew } from "./beginning.js";
import { burn, openBurned } from "./burned.js";
import { ask, takeLink } from "./door.js";
import { byId, make, say } from "./elements.js";
import { watchFilm } from "./film/light.js";
import { draw, drawLanguage, openFilm, pictureMs, showLine } from "./film.js";
import { listen } from "./keys.js";
import { filterList, markShown, openList, showOfFile, updateList, viewOf } from "./list.js";
import { isChanged, language, take } from "./model.js";
import { knowName } from "./names.js";
import { closeRecorder, hasTape, openRecorder, updateRecorder } from "./recorder.js";
import { mayReplace, openReplacing, updateReplacing } from "./replace/replacing.js";
import { askOf, askOfAll } from "./rules.js";
import { approve, canUndo, isBusy, lookAgain, onChange, undo } from "./saving.js";
import { savedState, trouble } from "./telling.js";
import { knowReach } from "./timeline/stops.js";
import { drawLines, knowFilm, lookAt, openTimeline, redraw } from "./timeline/timeline.js";
import { loadWords, word } from "./words.js";

const LOOK_EVERY_MS = 3000;
const BURN_AFTER_MS = 700;
let may = { repair: false, approve: false };
let languages = [];
let later = 0;
let isGone = false;

async function start() {
  await loadWords();
  const wished = takeLink();
  let session;
  try {
    session = await ask("session");
  } catch (error) {
    trouble(error.status === 401 || error.status === 0 ? word(error.status ? "unknown" : "gone") : error.message);
    return;
  }
  may = { repair: session.may_repair, approve: session.may_approve };
  knowName(session.name);
  say(byId("title"), session.title || "babelreel studio");
  document.title = session.title || "babelreel studio";
  offer(session);
  byId("studio").hidden = false;
  openFilm(session.frame_ms, markShown);
  watchFilm(knowFilm);
  openTimeline();
  openReplacing();
  openBurned();
  openRecorder(session.longest_take_s);
  listen(may);
  wire();
  onChange(changed);
  const isThere = languages.some((each) => each.tag === wished);
  const openFirst = () => (languages.length ? open(languages[0].tag) : trouble(word("no_language")));
  if (isThere) await open(wished);
  // nothing else is opened behind the question: who goes on typing would write into another language
  else if (canStart(wished || session.new[0]?.tag) && (wished || !languages.length)) openNew(wished, startLanguage, openFirst);
  else await openFirst();
  setInterval(() => { if (!document.hidden) void guarded(lookAgain); }, LOOK_EVERY_MS);
}

function offer(session) {
  languages = session.languages;
  byId("languages").replaceChildren(...languages.map((each) => make("option", { value: each.tag, lang: each.tag }, each.name)));
  offerNew(session.new, startLanguage);
}

/** Start a language, and open it. */
async function startLanguage(tag) {
  if (isBusy() || hasTape()) return;
  await guarded(async () => {
    const begun = await begin(tag);
    offer(await ask("session"));
    trouble();
    await open(begun);
  });
}

function wire() {
  // what is focused is scrolled to where the film does not cover it
  const film = byId("film");
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--film-height", `${film.offsetHeight}px`);
    if (byId("lines").contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
  }).observe(film);
  byId("languages").addEventListener("change", (event) => {
    if (isBusy() || hasTape()) event.target.value = language.tag;
    else void open(event.target.value);
  });
  byId("filter").addEventListener("change", filterList);
  byId("find").addEventListener("input", filterList);
  byId("undo").hidden = !may.repair;
  byId("undo").addEventListener("click", undo);
  byId("rest").hidden = !may.approve;
  byId("rest").addEventListener("click", approveRest);
  byId("lines").addEventListener("focusin", (event) => {
    event.target.scrollIntoView({ block: "nearest" }); // browsers bring a text's cursor into the window, and under the film
    const view = viewOf(event.target);
    if (view) lookAt(view.line);
    if (!view || !byId("video").paused) return;
    showLine(view.line);
    burn(view.line);
  });
  addEventListener("beforeunload", (event) => { if (isBusy() || hasTape()) event.preventDefault(); });
}

async function guarded(work) {
  try {
    await work();
    if (isGone) trouble(); // it answers again
    isGone = false;
    return true;
  } catch (error) {
    isGone = error.status === 0;
    trouble(isGone ? word("gone") : error.status === 401 ? word("unknown") : error.message);
    return false;
  }
}

async function open(tag) {
  await guarded(async () => {
    const told = await ask(`languages/${tag}/lines`);
    closeRecorder();
    language.lines = [];
    language.state = told.state;
    take(told.language);
    byId("languages").value = tag;
    history.replaceState(null, "", `#${new URLSearchParams({ language: tag })}`);
    const isRtl = (each) => Boolean(languages.find((one) => one.tag === each)?.is_rtl);
    const sources = { tag: language.original, is_rtl: told.is_original_rtl, is_own_rtl: isRtl(tag) };
    openList({ may: { repair: may.repair && !language.why_closed, approve: may.approve, record: may.repair }, sources, onType: typed });
    mayReplace(may.repair && !language.why_closed);
    drawLanguage(isRtl(tag));
    knowReach(told.language.shot_reach_ms, told.language.gap_frames * pictureMs());
    drawLines(isRtl(tag));
    savedState(word("all_saved"));
    await ofAll();
  });
}

function typed(view) {
  draw();
  redraw();
  burnLater(view);
  askOf(view, () => view.update(view.line));
}

function burnLater(view) {
  clearTimeout(later);
  later = setTimeout(() => burn(view.line), BURN_AFTER_MS);
}

async function ofAll() {
  const found = await askOfAll();
  if (found) {
    showOfFile(found);
    updateList();
  }
}

function changed() {
  updateList();
  updateRecorder();
  updateReplacing();
  draw();
  redraw();
  const view = viewOf(document.activeElement);
  if (view) burn(view.line);
  byId("undo").disabled = !canUndo();
  void guarded(ofAll);
}

function approveRest() {
  const lines = language.lines.filter((line) => !line.now.is_approved && !isChanged(line) && !line.theirs && line.now.text.trim());
  const dialog = byId("rest-dialog");
  say(byId("rest-text"), word("approve_rest_text", { count: lines.length }));
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") void approve(lines); }, { once: true });
  dialog.showModal();
}

void start();
