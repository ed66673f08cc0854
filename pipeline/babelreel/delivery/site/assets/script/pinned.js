/* On a narrow page the film stays in view while its text is read, until it is let go. */

function keepInView(film, words) {
  var stage = film.closest('.stage');
  var screen = film.closest('.screen');
  if (!window.IntersectionObserver || !find('lines')) { return; }
  var narrow = window.matchMedia('(max-width: 61.99em)');
  var isAway = false;
  var isFree = false;
  var begun = !film.paused;
  var button = make('button', 'let-go', screen);
  button.type = 'button';
  button.textContent = '×';
  name(button, words.let_go);
  function renew() {
    var isPinned = isAway && begun && !isFree && narrow.matches && !fullScreen();
    if (isPinned === stage.classList.contains('pinned')) { return; }
    stage.style.minHeight = isPinned ? stage.offsetHeight + 'px' : '';
    stage.classList.toggle('pinned', isPinned);
    document.documentElement.classList.toggle('has-pinned', isPinned);
  }
  button.addEventListener('click', function () { isFree = true; renew(); });
  film.addEventListener('play', function () { begun = true; isFree = false; renew(); });
  new window.IntersectionObserver(function (entries) {
    var last = entries[entries.length - 1];
    isAway = last.intersectionRatio < 0.4 && last.boundingClientRect.top < 0;
    if (!isAway) { isFree = false; }
    renew();
  }, { threshold: [0, 0.2, 0.4, 0.6] }).observe(stage);
  narrow.addEventListener('change', renew);
}
