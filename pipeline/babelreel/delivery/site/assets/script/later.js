/* What nobody needs before the film runs: so a phone fetches it no sooner. */

function startLater() {
  var film = find('film');
  var words = JSON.parse(film.dataset.words);
  keepPlaying(film);
  offerTrackedThumbs(film);
  keepInView(film, words);
  offerMoreAtEnd(film, words);
  offerKeeping(film);
}

startLater();
