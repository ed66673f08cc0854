/* Which file of the film is played: in which sound, and how large; and how its text looks. */

/* On a slow link a film that begins at once soon stands still: some seconds of it are fetched first, once. */
function gatherFirst(film, stage) {
  var enough = 6;
  function ahead() {
    var ranges = film.buffered;
    for (var place = 0; place < ranges.length; place += 1) {
      if (ranges.start(place) <= film.currentTime + 0.1 && film.currentTime <= ranges.end(place)) { return ranges.end(place) - film.currentTime; }
    }
    return 0;
  }
  film.addEventListener('playing', function () {
    if (!isSlow() || ahead() >= enough) { return; }
    film.pause();
    window.setTimeout(function () { stage.classList.add('waiting'); }, 0); // behind what "pause" does
    function look() {
      if (!film.paused) { film.removeEventListener('progress', look); return; } // the reader did not want to wait
      if (ahead() < Math.min(enough, film.duration - film.currentTime - 0.5)) { return; }
      film.removeEventListener('progress', look);
      play(film);
    }
    film.addEventListener('progress', look);
  }, { once: true });
}

/* The settings below the film: each is a select or a box of the page's, with its name. */
function followSettings(film, stage) {
  var sound = find('sound');
  var light = find('light');
  function address() {
    var chosen = sound.options[sound.selectedIndex].dataset;
    return light && light.checked && chosen.light || chosen.film;
  }
  function change() { if (address() !== film.currentSrc) { swapFilm(film, new URL(address(), window.location.href).href); } }
  var source = film.querySelector('source[media]');
  if (light) {
    var byItself = Boolean(source) && window.matchMedia(source.media).matches;
    light.checked = recall('light') ? recall('light') === 'yes' : byItself || wantsLittle();
    light.addEventListener('change', function () { remember('light', light.checked ? 'yes' : 'no'); change(); });
    if (light.checked !== byItself) { change(); }
  }
  if (sound) { sound.addEventListener('change', change); }
  var size = find('text-size');
  function resize() { stage.dataset.textSize = size.value; }
  if (size) {
    if (recall('size')) { size.value = recall('size'); }
    if (size.selectedIndex < 0) { size.value = '2'; }
    size.addEventListener('change', function () { remember('size', size.value); resize(); });
    resize();
  }
  var speed = find('speed');
  if (speed) {
    [0.5, 0.75, 1, 1.25, 1.5, 2].forEach(function (rate) {
      var choice = make('option', '', speed);
      choice.value = rate;
      choice.textContent = String(rate).replace('.', speed.dataset.decimal) + '×';
      choice.selected = rate === 1;
    });
    speed.addEventListener('change', function () { film.defaultPlaybackRate = Number(speed.value); film.playbackRate = Number(speed.value); });
  }
}
