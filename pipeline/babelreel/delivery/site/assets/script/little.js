/* A film in half of the data (AV1), for browsers that say that they play it smoothly; all others keep the usual light one.
   Whether it takes more of the battery is not asked: those who save data pay for it. */

function offerLittle() {
  var film = find('film');
  var light = find('light');
  var sound = find('sound');
  if (!film || !light || !navigator.mediaCapabilities || navigator.onLine === false) { return; }
  var size = document.querySelector('label[for="light"] small');
  var usualSize = size.textContent;
  var usual = Array.prototype.map.call(sound.options, function (choice) { return choice.dataset.light; });
  var isOffered = false;
  var moment = 0; // the last one that was seen: Firefox goes back to 0 before it tells of an error

  function offer(isLittle) {
    isOffered = isLittle;
    each(sound.options, function (choice, place) {
      choice.dataset.light = isLittle && choice.dataset.little || usual[place];
    });
    size.textContent = isLittle ? light.dataset.littleSize : usualSize;
  }

  /* Another file, without load(), for which Chromium fetches some of it although nobody plays. */
  function take(time) {
    var runs = !film.paused;
    film.src = new URL(sound.options[sound.selectedIndex].dataset.light, window.location.href).href;
    if (time > 0) { seek(film, time); }
    if (runs) { play(film); }
  }

  function isPlayed() {
    return isOffered && Array.prototype.some.call(sound.options, function (choice) {
      return choice.dataset.little && new URL(choice.dataset.little, window.location.href).href === film.currentSrc;
    });
  }

  navigator.mediaCapabilities.decodingInfo(JSON.parse(light.dataset.decoding)).then(function (answer) {
    if (!answer.supported || !answer.smooth) { return; }
    offer(true);
    // a film that is already seen goes on: what was loaded of it is paid for
    if (light.checked && film.readyState < 2) { take(film.currentTime); }
  }).catch(function () { /* it does not know these words: no offer */ });

  film.addEventListener('timeupdate', function () { if (!film.error && film.currentTime > 0) { moment = film.currentTime; } });
  film.addEventListener('emptied', function () { if (!film.error) { moment = 0; } });
  film.addEventListener('error', function (event) { // it said more than is true: the usual one, at the same moment
    if (!film.error || !isPlayed()) { return; }
    event.stopImmediatePropagation(); // nobody else is to look for a newer version of it
    offer(false);
    take(moment);
  }, true);
}

on(document, 'DOMContentLoaded', offerLittle);
