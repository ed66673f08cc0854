// The list of lines: which are shown, and what is told of all of them.

import { byId, say } from "./elements.js";
import { findingItem } from "./findings.js";
import { LineView } from "./line.js";
import { current, findingsOf, isChanged, language } from "./model.js";
import { word } from "./words.js";

let views = [];
let options = null;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Show the lines of a language that was just opened. */
export function openList(given) {
  options = given;
  views = [];
  byId("lines").replaceChildren();
  updateList();
}

/** Bring the list to what the model says. */
export function updateList() {
  if (!options) return;
  const { lines } = language;
  for (const view of views.splice(lines.length)) view.element.remove();
  lines.forEach((line, place) => {
    if (views[place]) {
      views[place].update(line);
    } else {
      views.push(new LineView(line, options));
      byId("lines").append(views[place].element);
    }
  });
  filterList();
  const approved = lines.filter((line) => line.now.is_approved).length;
  say(byId("progress"), word("progress", { approved, lines: lines.length }));
  byId("rest").disabled = approved === lines.length;
  byId("closed").hidden = !language.why_closed;
  say(byId("closed"), language.why_closed);
}

/** Show only the lines that somebody looks for; one that she is at stays. */
export function filterList() {
  const wanted = byId("filter").value;
  const text = folded(byId("find").value.trim());
  let shown = 0;
  for (const { element, line } of views) {
    const is = {
      all: true,
      found: findingsOf(line).length > 0,
      stale: Boolean(line.now.change) || line.now.is_rewritten,
      open: !line.now.is_approved,
    }[wanted];
    const said = () => folded(`${current(line).text} ${line.now.source} ${line.now.comment}`).includes(text);
    const isHidden = !((is && (!text || said())) || isChanged(line) || line.theirs || element.contains(document.activeElement));
    element.hidden = isHidden;
    shown += isHidden ? 0 : 1;
  }
  byId("none").hidden = shown > 0;
}

/** Give the view of the line in which an element stands. */
export const viewOf = (element) => views.find((view) => view.element.contains(element));

/** Give the view of a line. */
export const viewFor = (line) => views.find((view) => view.line === line);

/** Go to the next line that is shown, or the one before; gives its view. */
export function goTo(view, step) {
  let place = views.indexOf(view) + step;
  while (views[place]?.element.hidden) place += step;
  if (!views[place]) return undefined;
  views[place].text.focus();
  views[place].element.scrollIntoView({ block: "nearest" });
  return views[place];
}

/** Mark the lines that the film shows. */
export function markShown(places) {
  for (const view of views) {
    if (places.includes(view.line.now.place)) view.element.setAttribute("aria-current", "true");
    else view.element.removeAttribute("aria-current");
  }
  const followed = views[places[0]];
  const isFree = !byId("lines").contains(document.activeElement);
  if (followed && isFree && !byId("video").paused) followed.element.scrollIntoView({ block: "nearest" });
}

/** Show what is found in the file as a whole. */
export function showOfFile(findings) {
  byId("of-file").replaceChildren(...findings.map((each) => findingItem(each)));
}
