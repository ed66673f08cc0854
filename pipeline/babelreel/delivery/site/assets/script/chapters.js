/* The parts of the film: a tap goes there, the one that is seen is marked. */

function followChapters(film) {
  var list = find('chapters');
  if (!list) { return; }
  list.addEventListener('click', function (event) {
    var link = event.target.closest('a[data-start]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    seek(film, Number(link.dataset.start) + 0.001);
    play(film);
  });
  film.addEventListener('timeupdate', function () {
    var now = film.currentTime;
    each(list.querySelectorAll('a[data-start]'), function (link) {
      var isSeen = Number(link.dataset.start) <= now && now < Number(link.dataset.end);
      if (isSeen) { link.setAttribute('aria-current', 'true'); } else { link.removeAttribute('aria-current'); }
    });
  });
}
