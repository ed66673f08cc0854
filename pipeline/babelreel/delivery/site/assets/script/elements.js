/* Elements that scripts make, and what the browser tells of itself. */

function make(tag, className, parent) {
  var element = document.createElement(tag);
  if (className) { element.className = className; }
  if (parent) { parent.appendChild(element); }
  return element;
}

function name(element, word) { element.setAttribute('aria-label', word); element.title = word; }
function press(button, isOn) { button.setAttribute('aria-pressed', String(isOn)); }
function fullScreen() { return document.fullscreenElement || document.webkitFullscreenElement || null; }
function focusPlayer(film) { var first = film.closest('.stage').querySelector('.bar button'); if (first) { first.focus(); } }

/* Whether the reader wants little to be fetched, or can: the browser says so. */
function isSlow() { return Boolean(navigator.connection) && /^(slow-2g|2g|3g)$/.test(navigator.connection.effectiveType); }

function wantsLittle() {
  return isSlow() || Boolean(navigator.connection && navigator.connection.saveData) || window.matchMedia('(prefers-reduced-data: reduce)').matches;
}
