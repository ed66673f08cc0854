// Whose word is it? The name is asked for once; a token has its name already.

import { byId } from "./elements.js";

const KEPT = "babelreel-studio-name";
let known = "";

/** Take the name that goes with the token, if there is one. */
export function knowName(name) {
  known = name || localStorage.getItem(KEPT) || "";
}

/** Give the name as far as it is known. */
export const knownName = () => known;

/** Give the name, and ask for it where nobody knows it; empty where she would rather not say. */
export function askName() {
  if (known) return Promise.resolve(known);
  const dialog = byId("name-dialog");
  byId("name-no").onclick = () => dialog.close("no");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "yes") {
        known = byId("name").value.trim();
        localStorage.setItem(KEPT, known);
      }
      resolve(known);
    }, { once: true });
  });
}
