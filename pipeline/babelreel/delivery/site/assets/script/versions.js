/* A new version of a film may be published while the old one plays: what is loaded from then on is of the new file, and
   does not go together with what was loaded before. Chromium and Firefox call that an error, WebKit waits for ever. The
   manifest tells the address of the new version; the film goes on there, at the same moment. */

var siteAddress = document.currentScript ? new URL('../', document.currentScript.src).href : '';
var LONGEST_STILLSTAND_MS = 8000; // with nothing played and nothing loaded
var MOST_TRIES = 6; // the waits between them make half a minute: as long as a publication or a tunnel may take

function keepPlaying(film) {
  var moment = film.currentTime; // the last one that was seen or asked for
  var wanted = false; // to play
  var tries = 0;
  var triedAt = 0;
  var isAtIt = false;
  var timer = 0;

  function watch() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      if (wanted && !film.paused) { goOn(); } // WebKit may say at that place that it has enough to play
    }, LONGEST_STILLSTAND_MS);
  }

  function goOn() {
    if (isAtIt || tries >= MOST_TRIES) { return; }
    isAtIt = true;
    triedAt = moment;
    var address = film.currentSrc;
    window.setTimeout(function () {
      newestAddress(address).then(function (newest) {
        // the same address again would be answered with what the browser has kept of it
        open(newest === address ? newest.split('&')[0] + '&again=' + tries : newest);
      }, function () { isAtIt = false; goOn(); }); // no connection, or the manifest is being written
    }, tries ? 500 * Math.pow(2, tries) : 0);
    tries += 1;
  }

  function open(address) {
    isAtIt = false;
    film.src = address;
    film.load();
    if (moment > 0) { seek(film, moment); }
    if (wanted) { play(film); }
    watch();
  }

  film.addEventListener('play', function () { wanted = true; tries = 0; watch(); });
  film.addEventListener('pause', function () { if (!film.error && film.readyState > 0) { wanted = false; } });
  film.addEventListener('seeking', function () { moment = film.currentTime; watch(); });
  film.addEventListener('timeupdate', function () {
    if (isAtIt || film.error || film.currentTime === 0) { return; } // Firefox goes back to 0 before it tells of an error
    moment = film.currentTime;
    if (Math.abs(moment - triedAt) > 5) { tries = 0; } // it plays again, and not up to the same broken place
    watch();
  });
  film.addEventListener('progress', watch);
  film.addEventListener('error', function () { // of the film or of a <source>, behind which another may follow
    window.setTimeout(function () { if (film.error || film.networkState === 3) { goOn(); } }, 50);
  }, true);
  window.addEventListener('online', function () { tries = 0; watch(); });
  if (!film.paused) { wanted = true; watch(); } // this script came after the reader's tap
}

/* What the manifest calls a file now: its path and its version. */
function newestAddress(address) {
  var path = decodeURI(address.slice(siteAddress.length).split('?')[0]);
  return window.fetch(siteAddress + 'manifest.json', { cache: 'no-store' }).then(function (answer) {
    return answer.json();
  }).then(function (manifest) {
    var file = manifest.files.filter(function (each) { return each.path === path; })[0];
    return file ? siteAddress + path + '?v=' + file.sha256.slice(0, 8) : address;
  });
}
