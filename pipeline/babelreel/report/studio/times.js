// Times as people read and write them.

const WRITTEN = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?$/;

/** Write milliseconds as 0:01:02.345. */
export function shown(ms) {
  const pad = (number, digits = 2) => String(number).padStart(digits, "0");
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}.${pad(ms % 1000, 3)}`;
}

/** Read what `shown` writes, also without hours; null for anything else. */
export function read(text) {
  const found = WRITTEN.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes, seconds, fraction = "0"] = found;
  if (Number(seconds) > 59 || (found[1] !== undefined && Number(minutes) > 59)) return null;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, "0"));
}
