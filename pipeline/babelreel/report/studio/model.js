// The lines of one language as the studio has them, and what somebody is changing in them.

/**
 * A line: `now` is what the studio says; `base` is what it was when the change began; `draft` is the change
 * ({ text, start_ms, end_ms }), null where there is none; `theirs` is what somebody else made of it meanwhile.
 */
const fresh = (now) => ({ now, base: now, draft: null, theirs: null, findings: [], live: null });

export const language = { tag: "", version: "", state: "", lines: [], original: "", why_closed: "" };

/** Give what a line says for the one who looks at it. */
export const current = (line) => line.draft ?? line.now;

/** Tell whether a draft says something else than the line that it began with. */
export function isChanged(line) {
  const { draft, base } = line;
  return Boolean(draft) && ["text", "start_ms", "end_ms"].some((key) => draft[key] !== base[key]);
}

/**
 * Take what the studio says now. A line stays the same object as long as nobody else changes it, so that whoever is to
 * save or approve it has it in hand; `own` ({ line, place }) are those that were changed here. Drafts stay.
 */
export function take(told, own = []) {
  const left = new Set(language.lines);
  const lines = told.lines.map(() => null);
  const put = (place, line) => { if (line) { left.delete(line); lines[place] = line; } };
  const each = (work) => told.lines.forEach((now, place) => { if (!lines[place]) work(now, place); });
  for (const { line, place } of own) put(place, line);
  each((now, place) => {
    const same = language.lines[place];
    if (left.has(same) && same.now.digest === now.digest) put(place, same);
  });
  each((now, place) => put(place, nearest([...left].filter((line) => line.now.digest === now.digest), place)));
  // a draft whose line somebody else changed: where that stood, or as near to it as there is room
  for (const most of [1, Infinity]) {
    each((now, place) => put(place, nearest([...left].filter((line) => line.draft && Math.abs(line.now.place - place) <= most), place)));
  }
  language.lines = told.lines.map((now, place) => updated(lines[place] ?? fresh(now), now));
  Object.assign(language, { tag: told.tag, version: told.version, original: told.original, why_closed: told.why_closed });
}

function updated(line, now) {
  if (line.now.digest !== now.digest) line.findings = [];
  line.now = now;
  if (!line.draft || line.base.digest === now.digest) line.base = now;
  return line;
}

function nearest(lines, place) {
  const away = (line) => Math.abs(line.now.place - place);
  return lines.reduce((best, line) => (best && away(best) <= away(line) ? best : line), undefined);
}

/** Give a line that is still in the list; null for one that somebody else changed meanwhile. */
export const present = (line) => (language.lines.includes(line) ? line : null);

/** Take what the rules found; null for the file as a whole. Gives what is found in the file itself. */
export function takeFindings(told) {
  const of = new Map();
  for (const each of told) of.set(each.place, [...(of.get(each.place) ?? []), each]);
  for (const line of language.lines) line.findings = of.get(line.now.place) ?? [];
  return of.get(null) ?? [];
}

/** Give what is to be told under a line. */
export const findingsOf = (line) => line.live ?? line.findings;
