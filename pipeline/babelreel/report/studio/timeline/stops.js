// Where times snap to: changes of shot, and where voices begin and end.

export const stops = { shots: [], speech: [], reach_ms: 0, gap_ms: 0 };

/** Take what is known of the film. */
export function knowStops({ shots, speech }) {
  Object.assign(stops, { shots, speech });
}

/** Take how near a time has to be, and how long before a change of shot a line ends: what the rules of the language say. */
export function knowReach(reach_ms, gap_ms) {
  Object.assign(stops, { reach_ms, gap_ms });
}

/** Give the times to which a start or an end may snap: of shots first. */
function candidates(key) {
  return key === "start_ms"
    ? [stops.shots, stops.speech.map(([start]) => start)]
    : [stops.shots.map((shot) => shot - stops.gap_ms), stops.speech.map(([, end]) => end)];
}

/** Give the time to which a start or an end snaps, or the time itself where nothing is near. */
export function snapped(key, ms) {
  for (const times of candidates(key)) {
    const near = times.filter((time) => Math.abs(time - ms) < stops.reach_ms);
    if (near.length) return near.reduce((best, time) => (Math.abs(time - ms) < Math.abs(best - ms) ? time : best));
  }
  return ms;
}

/** Give the next time behind (step 1) or before (step -1) one to which it may snap; null where there is none. */
export function nextStop(key, ms, step) {
  const ahead = candidates(key).flat().filter((time) => time >= 0 && (time - ms) * step > 0);
  return ahead.length ? ahead.reduce((best, time) => ((time - best) * step < 0 ? time : best)) : null;
}
