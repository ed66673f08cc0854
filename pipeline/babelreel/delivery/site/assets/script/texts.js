/* Which text is shown: of the page's own tracks, and never what a browser found inside of the film.

   WebKit ignores "default" and may forget the choice with each change of the film; and it lists the text inside of the
   MP4 as well, which would be drawn a second time. So the choice is kept here, and made again. */

var chosenText = ''; // the language whose text is shown; empty: none
var textMode = 'showing'; // how: drawn by the browser, or "hidden" where the page draws it itself
var addedTracks = []; // what a page from the disk made of cues: they have no element

function isText(track) { return track.kind === 'subtitles' || track.kind === 'captions'; }

function textTracks(film) {
  var own = addedTracks.concat(Array.prototype.map.call(film.querySelectorAll('track'), function (element) { return element.track; }));
  return own.filter(isText);
}

function showText(film, tag) {
  chosenText = tag;
  makeChoiceAgain(film);
  film.dispatchEvent(new window.CustomEvent('textchosen'));
}

function makeChoiceAgain(film) {
  var own = textTracks(film);
  each(film.textTracks, function (track) {
    if (!isText(track)) { return; }
    var mode = own.indexOf(track) >= 0 && track.language === chosenText ? textMode : 'disabled';
    if (track.mode !== mode) { track.mode = mode; } // setting it tells of a change, even when it is none
  });
}

/* Starts with the page's own text; a choice in the browser's own menu is taken over, its own ideas are not. */
function keepText(film) {
  var first = film.querySelector('track[default]');
  var isLoading = film.readyState < 2; // until then no change is the reader's
  function again() { makeChoiceAgain(film); }
  film.addEventListener('emptied', function () { isLoading = true; again(); });
  film.addEventListener('loadedmetadata', again);
  film.addEventListener('loadeddata', function () { again(); isLoading = false; });
  film.textTracks.addEventListener('addtrack', again);
  film.textTracks.addEventListener('change', function () {
    if (isLoading) { again(); return; }
    var own = textTracks(film);
    var other = own.filter(function (track) { return track.mode === 'showing' && track.language !== chosenText; })[0];
    var isKept = own.some(function (track) { return track.mode !== 'disabled' && track.language === chosenText; });
    showText(film, other ? other.language : isKept ? chosenText : '');
  });
  showText(film, first ? first.srclang : '');
}

function followSubtitles(film) {
  var select = find('subtitles');
  if (!select) { return; }
  textTracks(film).forEach(function (track) {
    var choice = make('option', '', select);
    choice.value = choice.lang = track.language;
    choice.dir = directionOf(track.language);
    choice.textContent = track.label;
  });
  select.addEventListener('change', function () { showText(film, select.value); });
  film.addEventListener('textchosen', function () { select.value = chosenText; });
}
