/* What this device remembers of this film; nothing for who asks not to be followed, or where nothing can be kept. */

function memoryKey(name) {
  var first = document.querySelector('script[src]'); // all pages of a film load the same one
  return 'babelreel ' + name + ' ' + new URL(first ? first.src : '.', window.location.href).pathname;
}

function mayRemember() { return !navigator.globalPrivacyControl && navigator.doNotTrack !== '1'; }

function recall(name) {
  try { return mayRemember() ? window.localStorage.getItem(memoryKey(name)) : null; } catch (error) { return null; }
}

function remember(name, value) {
  try {
    if (value === null) { window.localStorage.removeItem(memoryKey(name)); }
    else if (mayRemember()) { window.localStorage.setItem(memoryKey(name), value); }
  } catch (error) { /* no storage: nothing is remembered */ }
}

/* Where one stopped, for who comes back. */
function rememberMoment(film, isAsked) {
  var offer = find('resume');
  var kept = 0;
  film.addEventListener('timeupdate', function () {
    var now = film.currentTime;
    if (now > 5 && Math.abs(now - kept) >= 2 && !film.ended) { kept = now; remember('moment', String(Math.floor(now))); }
  });
  film.addEventListener('ended', function () { remember('moment', null); });
  film.addEventListener('playing', function () { if (offer) { offer.hidden = true; } });
  var before = Number(recall('moment'));
  if (!offer || isAsked || !(before > 5)) { return; }
  find('resume-moment').textContent = clock(before);
  find('resume-go').addEventListener('click', function () { offer.hidden = true; seek(film, before); play(film); focusPlayer(film); });
  find('resume-forget').addEventListener('click', function () { offer.hidden = true; remember('moment', null); focusPlayer(film); });
  offer.hidden = false;
}
