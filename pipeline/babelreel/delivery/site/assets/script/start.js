/* The page of a language, and the player alone, start here. */

var ownAddress = document.currentScript.src;

/* The other part of the script is fetched when the film begins, somebody is about to use the bar, or has come to where a
   film is kept. */
function fetchLater(film) {
  var stage = film.closest('.stage');
  var keep = find('keep') && find('keep').parentNode;
  function fetchIt() {
    if (!fetchIt.isDone) { make('script', '', document.head).src = new URL('later.js', ownAddress).href; }
    fetchIt.isDone = true;
  }
  on(film, 'play', fetchIt);
  on(stage, 'pointerenter focusin', fetchIt);
  if (!keep) { return; }
  if (!window.IntersectionObserver || !navigator.onLine) { fetchIt(); return; }
  new window.IntersectionObserver(function (seen) {
    if (seen[seen.length - 1].isIntersecting) { fetchIt(); }
  }, { rootMargin: '300px' }).observe(keep);
}

function startLanguagePage() {
  var film = find('film');
  var asked = readHash();
  var own = document.documentElement.lang;
  var meant = asked.lang ? nearest(asked.lang, tagsOf(document.querySelectorAll('#picker a'))) : '';
  if (meant && meant !== own) {
    window.location.replace('../' + meant + '/' + window.location.hash);
    return;
  }
  all('[data-scripted]', function (part) { part.hidden = false; });
  carryMoment(film);
  offerSharing(film, own);
  if (!film) { return; }
  followMoments(film, find('lines'));
  followMoments(film, find('chapters'));
  followSubtitles(film);
  keepText(film);
  startPlayer(film, JSON.parse(film.dataset.words));
  fetchLater(film);
  rememberMoment(film, asked.t !== null);
  if (asked.t !== null) { seek(film, asked.t); }
  if (asked.plays) { play(film); }
  window.addEventListener('hashchange', function () {
    var now = readHash();
    if (now.t !== null) { seek(film, now.t); }
  });
}

on(document, 'DOMContentLoaded', function () {
  closePickerOnEscape();
  startLanguagePage();
});
