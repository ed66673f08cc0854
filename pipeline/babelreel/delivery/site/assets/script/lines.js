/* The text of the film beside it, and its parts: a tap goes there, what is heard is marked. */

function followMoments(film, list) {
  if (!list) { return; }
  function start(link) { return Number(link.hash.split('t=')[1]); }
  list.addEventListener('click', function (event) {
    var link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    seek(film, start(link) + 0.001); // behind the start, or the line before would still be shown
    play(film);
  });
  on(film, 'timeupdate', function () {
    var now = film.currentTime;
    each(list.querySelectorAll('a'), function (link) {
      var isHeard = start(link) <= now && now < Number(link.dataset.end);
      if (mark(link, isHeard) && isHeard) { showIn(list, link); }
    });
  });
}

/* Says whether something is what is seen now; tells whether that is news. */
function mark(link, isCurrent) {
  if (isCurrent === (link.getAttribute('aria-current') === 'true')) { return false; }
  if (isCurrent) { link.setAttribute('aria-current', 'true'); } else { link.removeAttribute('aria-current'); }
  return true;
}

/* Scrolls the list where it has a bar of its own, and never the page. */
function showIn(list, line) {
  if (list.scrollHeight <= list.clientHeight) { return; }
  var top = line.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  list.scrollTop = Math.max(0, top - list.clientHeight / 3);
}
