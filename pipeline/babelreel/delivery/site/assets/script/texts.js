/* Which text is shown: of the page's own tracks, and never what a browser found inside of the film.

   WebKit ignores "default" and may forget the choice with each change of the film; and it lists the text inside of the
   MP4 as well, which would be drawn a second time. So the choice is kept here, and made again. */

var chosenText = ''; // the language whose text is shown; empty: none
var addedTracks = []; // what a page from the disk made of cues: they have no element

function textTracks(film) {
  var own = addedTracks.concat(Array.prototype.map.call(film.querySelectorAll('track'), function (element) { return element.track; }));
  return own.filter(function (track) { return track.kind !== 'metadata'; });
}

function showText(film, tag) {
  chosenText = tag;
  makeChoiceAgain(film);
  film.dispatchEvent(new window.CustomEvent('textchosen'));
}

function makeChoiceAgain(film) {
  var own = textTracks(film);
  each(film.textTracks, function (track) {
    if (track.kind === 'metadata') { return; }
    var mode = own.indexOf(track) >= 0 && track.language === chosenText ? 'showing' : 'disabled';
    if (track.mode !== mode) { track.mode = mode; } // setting it tells of a change, even when it is none
  });
}

/* Starts with the page's own text; a choice in the browser's own menu is taken over, its own ideas are not. */
function keepText(film) {
  var first = film.querySelector('track[default]');
  var isLoading = film.readyState < 1 && film.preload !== 'none';
  function again() { makeChoiceAgain(film); }
  film.addEventListener('emptied', function () { isLoading = true; again(); });
  film.addEventListener('loadedmetadata', again);
  film.addEventListener('loadeddata', function () { again(); isLoading = false; });
  film.textTracks.addEventListener('addtrack', again);
  film.textTracks.addEventListener('change', function () {
    if (isLoading) { again(); return; }
    var shown = textTracks(film).filter(function (track) { return track.mode === 'showing'; });
    var other = shown.filter(function (track) { return track.language !== chosenText; })[0];
    showText(film, other ? other.language : shown.length ? chosenText : '');
  });
  showText(film, first ? first.srclang : '');
}

function followSubtitles(film) {
  var select = find('subtitles');
  if (!select) { return; }
  select.addEventListener('change', function () { showText(film, select.value); });
  film.addEventListener('textchosen', function () { select.value = chosenText; });
}
