/* The subtitles, drawn by the page: so they keep their size and place in full screen, in every browser alike. */

function directionOf(tag) {
  var told = document.querySelector('[lang="' + tag + '"][dir], [srclang="' + tag + '"][dir]');
  return told ? told.dir : 'auto';
}

function drawTexts(film, place) {
  var shown = '';
  textMode = 'hidden'; // loaded and followed, and not drawn by the browser
  function draw() {
    var track = textTracks(film).filter(function (each) { return each.language === chosenText; })[0];
    var now = film.currentTime;
    var cues = Array.prototype.filter.call(track && track.cues || [], function (cue) {
      return cue.startTime <= now && now < cue.endTime;
    });
    var key = chosenText + cues.map(function (cue) { return ' ' + cue.startTime + cue.text; }).join('');
    if (key === shown || textMode !== 'hidden') { return; }
    shown = key;
    place.textContent = '';
    cues.forEach(function (cue) {
      var box = make('div', cue.line === 0 ? 'cue at-top' : 'cue', place);
      var text = make('p', '', box);
      text.lang = track.language;
      text.dir = directionOf(track.language); // each line is a paragraph of its own there: "pre-line"
      text.appendChild(cue.getCueAsHTML());
    });
  }
  ['timeupdate', 'seeking', 'seeked', 'textchosen', 'loadeddata', 'emptied'].forEach(function (name) {
    film.addEventListener(name, draw);
  });
  each(film.querySelectorAll('track'), function (element) { element.addEventListener('load', draw); });
  each(film.textTracks, function (track) { track.addEventListener('cuechange', draw); });
  /* The film leaves the page, for the full screen of an iPhone or a small window: the browser draws there. */
  function leave(isGone) { textMode = isGone ? 'showing' : 'hidden'; place.hidden = isGone; makeChoiceAgain(film); shown = ''; draw(); }
  film.addEventListener('webkitbeginfullscreen', function () { leave(true); });
  film.addEventListener('webkitendfullscreen', function () { leave(false); });
  film.addEventListener('webkitpresentationmodechanged', function () { leave(film.webkitPresentationMode !== 'inline'); });
}
