/* Each page starts here. */

function startLanguagePage() {
  var film = find('film');
  var asked = readHash();
  var own = document.documentElement.lang;
  var meant = asked.lang ? nearest(asked.lang, tagsOf(document.querySelectorAll('#picker a[data-language]'))) : '';
  if (meant && meant !== own) {
    window.location.replace('../' + meant + '/' + window.location.hash);
    return;
  }
  all('[data-scripted]', function (part) { part.hidden = false; });
  carryMoment(film);
  offerSharing(film, own);
  offerKeeping(film);
  if (!film) { return; }
  followLines(film);
  followChapters(film);
  showHelpAtEnd(film);
  followSubtitles(film);
  keepText(film);
  keepPlaying(film);
  startPlayer(film, JSON.parse(film.dataset.words));
  rememberMoment(film, asked.t !== null);
  if (asked.t !== null) { seek(film, asked.t); }
  if (asked.plays) { play(film); }
  window.addEventListener('hashchange', function () {
    var now = readHash();
    if (now.t !== null) { seek(film, now.t); }
  });
}

document.addEventListener('DOMContentLoaded', function () {
  closePickerOnEscape();
  if (document.body.classList.contains('offline-page')) { startOfflinePage(); }
  else if (document.body.classList.contains('first-page')) { startFirstPage(); }
  else { startLanguagePage(); }
});
