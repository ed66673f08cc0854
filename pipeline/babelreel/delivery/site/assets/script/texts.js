/* Which text track is shown. */

function textTracks(film) {
  return Array.prototype.filter.call(film.textTracks, function (track) { return track.kind !== 'metadata'; });
}

function showText(film, tag) {
  textTracks(film).forEach(function (track) { track.mode = track.language === tag ? 'showing' : 'disabled'; });
}

function followSubtitles(film) {
  var select = find('subtitles');
  if (!select) { return; }
  select.addEventListener('change', function () { showText(film, select.value); });
  film.textTracks.addEventListener('change', function () { // chosen in the browser's own menu
    var shown = textTracks(film).filter(function (track) { return track.mode === 'showing'; })[0];
    select.value = shown ? shown.language : '';
  });
}
