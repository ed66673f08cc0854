/* An interpreter beside the film, in step with it: the film leads, and the other one follows. */

/* A little ahead or behind is caught up by running slower or faster, which nobody sees in hands; more by a jump. */
var nearEnough = 0.02;
var isFar = 0.4;
var mostFaster = 0.15;

function keepInStep(film, signed) {
  function isOn() { return !signed.hidden; }
  function jump() { if (isOn() && signed.readyState >= 1) { signed.currentTime = film.currentTime; } }
  function run() {
    if (!isOn()) { return; }
    if (film.paused || film.ended || film.seeking) { signed.pause(); } else if (signed.paused) { play(signed); }
  }
  function catchUp() {
    if (!isOn() || film.paused || signed.seeking || signed.readyState < 2) { return; }
    var ahead = signed.currentTime - film.currentTime;
    var faster = Math.abs(ahead) <= nearEnough ? 0 : Math.max(-mostFaster, Math.min(mostFaster, -2 * ahead));
    if (Math.abs(ahead) > isFar) { jump(); }
    signed.playbackRate = film.playbackRate * (1 + faster);
  }
  function follow() { jump(); run(); }
  on(film, 'play playing pause ended', run);
  on(film, 'waiting', function () { signed.pause(); });
  on(film, 'seeking seeked pause', jump);
  on(signed, 'loadedmetadata', follow);
  window.setInterval(catchUp, 100);
  return follow;
}

function offerInterpreter() {
  var film = find('film');
  var signed = find('signed');
  if (!film || !signed) { return; }
  var stage = film.closest('.stage');
  var button = find('sign');
  var follow = keepInStep(film, signed);
  function show(isShown) {
    signed.hidden = !isShown;
    button.setAttribute('aria-pressed', String(isShown));
    stage.classList.toggle('signs', isShown);
    if (isShown) { signed.preload = 'auto'; follow(); } else { signed.pause(); }
  }
  signed.addEventListener('error', function () { find('signing').hidden = true; show(false); });
  button.addEventListener('click', function () {
    remember('signed', signed.hidden ? 'yes' : null);
    show(signed.hidden);
  });
  find('signing').hidden = false;
  if (recall('signed') === 'yes') { show(true); }
}

on(document, 'DOMContentLoaded', offerInterpreter);
