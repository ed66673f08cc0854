// Everything by keyboard.

import { byId, make } from "./elements.js";
import { playLine, showLine } from "./film.js";
import { goTo, viewOf } from "./list.js";
import { approve, forget, save, undo } from "./saving.js";
import { word } from "./words.js";

const KEYS = [
  ["Ctrl+Enter", "key_approve"], ["Alt+↓ Alt+↑", "key_next"], ["Alt+P", "key_play"], ["Alt+R", "key_record"], ["Alt+I Alt+O", "key_times"],
  ["↑ ↓", "key_nudge"], ["Shift+↑ Shift+↓", "key_snap"], ["Esc", "key_escape"], ["Ctrl+Z", "key_undo"], ["Alt+F", "key_find"],
];

/** Listen to the keyboard; `may` says what the reader may do. */
export function listen(may) {
  byId("keys").replaceChildren(...KEYS.flatMap(([keys, name]) => [make("dt", { dir: "ltr" }, keys), make("dd", {}, word(name))]));
  byId("help").addEventListener("click", () => byId("keys-dialog").showModal());
  document.addEventListener("keydown", (event) => {
    const view = viewOf(event.target);
    const act = actOf(event, view, may);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

function actOf(event, view, may) {
  const isField = event.target.matches("input, textarea, select");
  if (event.altKey && event.code === "KeyF") return () => byId("find").focus();
  if (event.ctrlKey && event.code === "KeyZ" && !isField && may.repair) return undo;
  if (!view) return null;
  if (event.ctrlKey && event.key === "Enter" && may.approve) return () => approveAndGo(view);
  if (event.altKey && event.key === "ArrowDown") return () => move(view, 1);
  if (event.altKey && event.key === "ArrowUp") return () => move(view, -1);
  if (event.altKey && event.code === "KeyP") return () => playLine(view.line);
  if (event.altKey && event.code === "KeyR" && may.repair) return () => view.recordLine();
  if (event.altKey && event.code === "KeyI") return () => view.setTime("start_ms");
  if (event.altKey && event.code === "KeyO") return () => view.setTime("end_ms");
  if (event.key === "Escape" && view.line.draft) return () => { forget(view.line); view.update(view.line); };
  return null;
}

async function approveAndGo(view) {
  await approve([view.line]);
  move(view, 1);
}

function move(view, step) {
  save(view.line);
  const next = goTo(view, step);
  if (next) showLine(next.line);
}
