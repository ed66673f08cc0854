/* The film of two languages: while the text of the first is shown, that of the second stands above it.

   It comes from a track of its own, which no browser draws and which is no choice of the player's. The player clears its
   place with each new line of the first, so the lines of the second are put there again. */

function drawSecond(film, element, place) {
  var first = film.querySelector('track[default]');
  var lines = document.createElement('div');
  var shown = '';
  lines.className = 'second-text';
  function isAsked() {
    return first && first.track.mode !== 'disabled'; // the reader may choose one language alone, or no text
  }
  function put() {
    if (lines.firstChild && lines.parentNode !== place) { place.insertBefore(lines, place.firstChild); }
  }
  function draw() {
    var now = film.currentTime;
    if (element.track.mode !== 'hidden') { element.track.mode = 'hidden'; } // loaded, and forgotten with each other film
    var cues = Array.prototype.filter.call(isAsked() && element.track.cues || [], function (cue) {
      return cue.startTime <= now && now < cue.endTime;
    });
    var key = cues.map(function (cue) { return ' ' + cue.startTime + cue.text; }).join('');
    if (key !== shown) {
      shown = key;
      lines.textContent = '';
      cues.forEach(function (cue) {
        var box = document.createElement('div');
        var text = document.createElement('p');
        box.className = 'cue';
        text.lang = element.srclang;
        text.dir = element.dir || 'ltr';
        text.appendChild(cue.getCueAsHTML());
        box.appendChild(text);
        lines.appendChild(box);
      });
      if (!cues.length && lines.parentNode) { lines.parentNode.removeChild(lines); }
    }
    put();
  }
  new window.MutationObserver(put).observe(place, { childList: true });
  on(film, 'timeupdate seeking seeked textchosen loadedmetadata loadeddata emptied', draw);
  element.addEventListener('load', draw);
  element.track.addEventListener('cuechange', draw);
  draw();
}

/* The choice of the first language says that both are shown. */
function nameBoth(tag, name) {
  var select = find('subtitles');
  each(select ? select.options : [], function (choice) {
    if (choice.value === tag) { choice.textContent += ' + ' + name; }
  });
}

function startPair() {
  var film = find('film');
  var element = film && film.querySelector('track.second');
  var place = document.querySelector('.drawn');
  if (!(element && place)) { return; } // without the player, the browser's own draws one text
  var first = film.querySelector('track[default]');
  if (first) { nameBoth(first.srclang, element.label); }
  drawSecond(film, element, place);
}

document.addEventListener('DOMContentLoaded', startPair); // when the player is there: its script comes before this one
