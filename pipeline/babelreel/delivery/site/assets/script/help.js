/* When the film has ended, the numbers to call lie over it until it goes on. */

function showHelpAtEnd(film) {
  var end = find('film-end');
  if (!end) { return; }
  film.addEventListener('ended', function () { end.hidden = false; });
  ['play', 'seeking', 'emptied'].forEach(function (name) {
    film.addEventListener(name, function () { end.hidden = true; });
  });
}
