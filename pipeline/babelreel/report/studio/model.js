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

/** Take what the studio says now. Drafts stay, each with the line that it is about. */
export function take(told) {
  const drafts = language.lines.filter((line) => line.draft);
  const before = language.lines;
  Object.assign(language, { tag: told.tag, version: told.version, original: told.original, why_closed: told.why_closed });
  language.lines = told.lines.map((now, place) => {
    const same = before[place];
    const line = fresh(now);
    if (same && same.now.digest === now.digest) line.findings = same.findings;
    return line;
  });
  for (const old of drafts) {
    const line = found(old);
    if (line) Object.assign(line, { draft: old.draft, base: old.base, theirs: old.theirs, live: old.live });
    if (line && line.now.digest === old.base.digest) line.base = line.now;
  }
}

function found(old) {
  const alike = language.lines.filter((line) => line.now.digest === old.base.digest);
  alike.sort((a, b) => Math.abs(a.now.place - old.now.place) - Math.abs(b.now.place - old.now.place));
  return alike[0] ?? language.lines[Math.min(old.now.place, language.lines.length - 1)];
}

/** Take what the rules found; null for the file as a whole. Gives what is found in the file itself. */
export function takeFindings(told) {
  const of = new Map();
  for (const each of told) of.set(each.place, [...(of.get(each.place) ?? []), each]);
  for (const line of language.lines) line.findings = of.get(line.now.place) ?? [];
  return of.get(null) ?? [];
}

/** Give what is to be told under a line. */
export const findingsOf = (line) => line.live ?? line.findings;
