// Draws a stretch of the film: its sound, shots, speech and lines. A picture for the eye alone; fields and keys do all it does.

const TICKS_MS = [100, 500, 1000, 5000, 10_000, 30_000, 60_000];
const SPOKEN = 0.16; // how much of the height tells speech, and how much is for the names of lines
const BOXES = 0.34;

/** Give the colours of the page, as they are in light or dark. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

/**
 * Draw onto a canvas. `view` is { from_ms, span_ms }; `known` has peaks, peak_ms, shots, speech; `boxes` are { line, start_ms, end_ms,
 * text, is_current }, `now_ms` is where the film is.
 */
export function drawTimeline(canvas, view, known, boxes, now_ms, isRtl) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const scale = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const pen = canvas.getContext("2d");
  const colour = colours();
  const x = (ms) => ((ms - view.from_ms) / view.span_ms) * width;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.fillStyle = colour("card");
  pen.fillRect(0, 0, width, height);
  drawSpeech(pen, known, x, width, height, colour);
  drawSound(pen, view, known, width, height, colour);
  drawTicks(pen, view, x, height, colour);
  for (const shot of known.shots) {
    if (x(shot) < 0 || x(shot) > width) continue;
    pen.fillStyle = colour("warning");
    pen.fillRect(Math.round(x(shot)), 0, 2, height);
  }
  // a text begins at the edge from which it is read: what has no room is its end
  pen.direction = isRtl ? "rtl" : "ltr";
  for (const box of boxes) drawBox(pen, box, x, height, colour);
  pen.fillStyle = colour("error");
  pen.fillRect(Math.round(x(now_ms)) - 1, 0, 2, height);
}

function drawSpeech(pen, { speech }, x, width, height, colour) {
  pen.fillStyle = colour("ok");
  pen.globalAlpha = 0.35;
  for (const [start, end] of speech) {
    if (x(end) > 0 && x(start) < width) pen.fillRect(x(start), height * (1 - SPOKEN), x(end) - x(start), height * SPOKEN);
  }
  pen.globalAlpha = 1;
}

function drawSound(pen, view, { peaks, peak_ms }, width, height, colour) {
  if (!peaks.length) return;
  const top = height * BOXES;
  const middle = (top + height) / 2;
  const most = (height - top) / 2;
  pen.fillStyle = colour("soft-ink");
  const each = view.span_ms / width / peak_ms;
  for (let column = 0; column < width; column += 1) {
    const first = Math.floor(view.from_ms / peak_ms + column * each);
    const last = Math.max(first + 1, Math.floor(view.from_ms / peak_ms + (column + 1) * each));
    let high = 0;
    for (let place = Math.max(0, first); place < last && place < peaks.length; place += 1) high = Math.max(high, peaks[place]);
    const half = Math.max(0.5, (high / 255) * most);
    pen.fillRect(column, middle - half, 1, 2 * half);
  }
}

function drawTicks(pen, view, x, height, colour) {
  const each = TICKS_MS.find((ms) => view.span_ms / ms <= 12) ?? TICKS_MS.at(-1);
  pen.fillStyle = colour("line");
  for (let ms = Math.ceil(view.from_ms / each) * each; ms <= view.from_ms + view.span_ms; ms += each) pen.fillRect(x(ms), height - 4, 1, 4);
}

function drawBox(pen, { start_ms, end_ms, text, is_current }, x, height, colour) {
  const left = x(start_ms);
  const width = Math.max(2, x(end_ms) - left);
  const high = height * BOXES;
  pen.globalAlpha = is_current ? 0.9 : 0.55;
  pen.fillStyle = colour(is_current ? "accent" : "line");
  pen.fillRect(left, 0, width, high);
  if (is_current) {
    pen.globalAlpha = 0.12;
    pen.fillRect(left, high, width, height - high);
  }
  pen.globalAlpha = 1;
  pen.fillStyle = colour("accent");
  for (const edge of [left, left + width - 3]) pen.fillRect(edge, 0, 3, is_current ? height : high);
  pen.save();
  pen.beginPath();
  pen.rect(left + 5, 0, Math.max(0, width - 10), high);
  pen.clip();
  pen.fillStyle = colour(is_current ? "on-accent" : "ink");
  pen.font = "13px system-ui, sans-serif";
  pen.textBaseline = "middle";
  pen.textAlign = "start";
  pen.fillText(text, pen.direction === "rtl" ? left + width - 6 : left + 6, high / 2);
  pen.restore();
}
