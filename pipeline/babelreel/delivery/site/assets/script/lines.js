/* The text of the film beside it. */

/* The lines of the text: a click goes there, the one that is heard is marked. */
function followLines(film) {
  var list = find('lines');
  if (!list) { return; }
  list.addEventListener('click', function (event) {
    var line = event.target.closest('a[data-start]');
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    seek(film, Number(line.dataset.start) + 0.001); // behind the start, or the line before would still be shown
    play(film);
  });
  film.addEventListener('timeupdate', function () {
    var now = film.currentTime;
    each(list.querySelectorAll('a[data-start]'), function (line) {
      var heard = Number(line.dataset.start) <= now && now < Number(line.dataset.end);
      if (heard === (line.getAttribute('aria-current') === 'true')) { return; }
      if (heard) { line.setAttribute('aria-current', 'true'); showIn(list, line); } else { line.removeAttribute('aria-current'); }
    });
  });
}

/* Scrolls the list where it has a bar of its own, and never the page. */
function showIn(list, line) {
  if (list.scrollHeight <= list.clientHeight) { return; }
  var top = line.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  list.scrollTop = Math.max(0, top - list.clientHeight / 3);
}
