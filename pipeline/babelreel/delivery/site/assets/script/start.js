/* Each page starts here. */

function startFirstPage() {
  var links = document.querySelectorAll('#languages a[data-language]');
  var tags = tagsOf(links);
  var film = find('film');
  var asked = readHash();
  var meant = asked.lang ? nearest(asked.lang, tags) : '';
  if (meant) { window.location.replace(meant + '/' + (asked.t === null ? '' : '#lang=' + meant + '&t=' + asked.t)); return; }
  if (film) { keepText(film); keepPlaying(film); }
  var wanted = (navigator.languages || [navigator.language || '']).map(function (tag) { return nearest(tag, tags); });
  var first = wanted.filter(Boolean)[0];
  var link = links[tags.indexOf(first)];
  if (!link) { return; }
  var suggestion = find('suggestion');
  var offer = suggestion.querySelector('a');
  offer.href = link.getAttribute('href');
  offer.lang = link.dataset.watchLang || link.lang;
  offer.dir = link.dir;
  offer.textContent = link.dataset.watch;
  suggestion.hidden = false;
}

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
  followSubtitles(film);
  keepText(film);
  keepPlaying(film);
  followChoices(film);
  if (asked.t !== null) { seek(film, asked.t); }
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
