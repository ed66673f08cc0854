/* The film's own bar, the same in every browser. Without script, the browser's own controls are there. */

var ICONS = {
  play: 'M8 5v14l11-7z', pause: 'M8.5 6v12M15.5 6v12', sound: 'M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7', mute: 'M4 9v6h4l5 4V5L8 9zM17 9.5l5 5M22 9.5l-5 5',
  texts: 'M3 5h18v14H3zM6 11h5M14 11h4M6 15h3M12 15h6', settings: 'M3 7h9M18 7h3M3 17h3M12 17h9M15 4v6M9 14v6',
  window: 'M3 5h18v14H3zM13 12h5v4h-5z', full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5'
};

function draw(button, icon) {
  var path = button.querySelector('path');
  if (!path) {
    var picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('viewBox', '0 0 24 24');
    picture.setAttribute('aria-hidden', 'true');
    picture.setAttribute('focusable', 'false');
    path = picture.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    button.appendChild(picture);
  }
  path.setAttribute('d', ICONS[icon]);
}

/* "1 minute 5 seconds" in the page's language, for ears. */
function spoken(seconds, tag) {
  var whole = Math.floor(seconds);
  try {
    return [[Math.floor(whole / 3600), 'hour'], [Math.floor(whole / 60) % 60, 'minute'], [whole % 60, 'second']]
      .filter(function (part) { return part[0] || (part[1] === 'second' && whole < 60); })
      .map(function (part) { return new Intl.NumberFormat(tag, { style: 'unit', unit: part[1], unitDisplay: 'long' }).format(part[0]); })
      .join(' ');
  } catch (error) { return clock(seconds); }
}

function startPlayer(film, words) {
  var stage = film.closest('.stage');
  var screen = film.closest('.screen') || stage.insertBefore(make('div', 'screen'), film);
  if (!screen.contains(film)) { screen.insertBefore(film, screen.firstChild); }
  var narrowPoster = window.matchMedia('(max-width: 48em), (max-height: 30em)').matches || wantsLittle();
  if (film.dataset.widePoster && !narrowPoster) { film.poster = film.dataset.widePoster; }
  film.controls = false;
  film.tabIndex = -1;
  stage.classList.add('player');
  var texts = make('div', 'drawn', screen);
  texts.setAttribute('aria-hidden', 'true'); // the whole text stands on the page
  var big = make('button', 'big', screen);
  var bar = make('div', 'bar', screen);
  bar.dir = 'ltr'; // the direction of the tape, not of the text: so in all players, from right to left too
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-labelledby', 'title');
  var labelled = [];
  function label(element, word) { labelled.push([element, word]); name(element, words[word]); }
  function button(className, word, icon, act) {
    var made = make('button', className, bar);
    made.type = 'button';
    label(made, word);
    if (ICONS[icon]) { draw(made, icon); } else { made.textContent = icon; }
    made.addEventListener('click', act);
    return made;
  }

  function length() { return film.duration || Number(film.dataset.duration) || 0; }
  function toggle() { if (film.paused || film.ended) { play(film); } else { film.pause(); } }
  function jump(by) { goTo(film.currentTime + by); }
  function goTo(time) {
    var aim = Math.max(0, Math.min(time, length()));
    if (film.readyState < 1) { film.preload = 'metadata'; }
    seek(film, aim);
    showTime(aim);
  }

  var plays = button('plays', 'play', 'play', toggle);
  button('wide', 'back', '−10', function () { jump(-10); });
  button('wide', 'forward', '+10', function () { jump(10); });
  var mute = button('wide', 'mute', 'sound', function () { film.muted = !film.muted; });
  var line = make('div', 'time', bar);
  var bound = make('input', 'moment', line);
  bound.type = 'range';
  bound.min = 0;
  bound.step = 0.1;
  label(bound, 'moment');
  var time = make('span', 'clocks', line);
  time.setAttribute('aria-hidden', 'true'); // the bar says it
  big.type = 'button';
  label(big, 'play');
  draw(big, 'play');
  big.addEventListener('click', function () { play(film); plays.focus(); });

  function showTime(now) {
    var end = length();
    bound.max = end;
    if (!bound.classList.contains('held')) { bound.value = now; }
    bound.style.setProperty('--done', (end ? 100 * bound.value / end : 0) + '%');
    bound.setAttribute('aria-valuetext', spoken(bound.value, document.body.lang || document.documentElement.lang));
    time.textContent = clock(bound.value) + ' / ' + clock(end);
  }
  function showLoaded() {
    var ranges = film.buffered;
    for (var place = 0; place < ranges.length; place += 1) {
      if (ranges.start(place) <= film.currentTime + 0.5 && film.currentTime <= ranges.end(place)) {
        bound.style.setProperty('--loaded', 100 * ranges.end(place) / (length() || 1) + '%');
      }
    }
  }
  function showState() {
    var runs = !film.paused && !film.ended;
    draw(plays, runs ? 'pause' : 'play');
    name(plays, runs ? words.pause : words.play);
    stage.classList.toggle('playing', runs);
    if (runs) { stage.classList.add('begun'); }
    stage.classList.toggle('ended', film.ended);
    wake();
  }
  ['play', 'pause', 'ended', 'emptied', 'playing'].forEach(function (event) { film.addEventListener(event, showState); });
  ['timeupdate', 'seeked', 'loadedmetadata', 'durationchange'].forEach(function (event) {
    film.addEventListener(event, function () { if (!film.seeking) { showTime(film.currentTime); } showLoaded(); });
  });
  film.addEventListener('progress', showLoaded);
  film.addEventListener('waiting', function () { stage.classList.add('waiting'); });
  ['playing', 'seeked', 'pause', 'emptied', 'canplay'].forEach(function (event) {
    film.addEventListener(event, function () { stage.classList.remove('waiting'); });
  });
  film.addEventListener('volumechange', function () { press(mute, film.muted); draw(mute, film.muted ? 'mute' : 'sound'); });
  press(mute, film.muted);
  bound.addEventListener('input', function () { bound.classList.add('held'); goTo(Number(bound.value)); });
  bound.addEventListener('change', function () { bound.classList.remove('held'); goTo(Number(bound.value)); });

  /* The bar goes while the film runs, and comes back at a touch, a move or a focus. */
  var sleep = 0;
  function wake() {
    stage.classList.remove('idle');
    window.clearTimeout(sleep);
    sleep = window.setTimeout(rest, 3000);
  }
  function rest() {
    if (!film.paused && !stage.querySelector('.bar :focus-visible') && !stage.classList.contains('open')) { stage.classList.add('idle'); }
  }
  var tapped = 0;
  screen.addEventListener('pointermove', function (event) { if (event.pointerType !== 'touch') { wake(); } });
  stage.addEventListener('focusin', wake);
  screen.addEventListener('pointerup', function (event) {
    if (event.button || !(event.target === film || event.target === texts || texts.contains(event.target))) { return; }
    if (event.pointerType !== 'touch') { toggle(); wake(); plays.focus({ preventScroll: true }); return; }
    var box = screen.getBoundingClientRect();
    var share = (event.clientX - box.left) / box.width;
    var by = share < 0.35 ? -10 : share > 0.65 ? 10 : 0;
    var isSecond = event.timeStamp - tapped < 350;
    tapped = event.timeStamp;
    if (isSecond && by) { jump(by); flash(by); wake(); return; }
    if (film.paused) { play(film); } else if (stage.classList.contains('idle')) { wake(); } else { rest(); }
  });
  var told = make('div', 'told', screen);
  told.setAttribute('role', 'status');
  told.dir = 'auto';
  function flash(by) { tell((by > 0 ? '+' : '−') + Math.abs(by)); }
  function tell(what) {
    told.textContent = what;
    window.clearTimeout(told.timer);
    told.timer = window.setTimeout(function () { told.textContent = ''; }, 1200);
  }

  /* Subtitles: on and off here, their language and size in the settings. */
  var select = find('subtitles');
  var cc = select && button('texts', 'texts', 'texts', function () { showText(film, chosenText ? '' : lastText); tell(textName()); });
  var lastText = film.dataset.language;
  function textName() { return select.options[select.selectedIndex].textContent; }
  if (cc) {
    film.addEventListener('textchosen', function () {
      if (chosenText) { lastText = chosenText; }
      press(cc, Boolean(chosenText));
      remember('texts', chosenText ? 'on' : 'off');
    });
  }
  drawTexts(film, texts);
  showText(film, cc && recall('texts') === 'off' ? '' : chosenText);

  var tools = stage.querySelector('.tools');
  if (tools) {
    var opens = button('opens', 'settings', 'settings', function () { open(!stage.classList.contains('open')); });
    tools.id = 'film-settings';
    opens.setAttribute('aria-controls', tools.id);
    opens.setAttribute('aria-expanded', 'false');
    var open = function (isOpen) {
      stage.classList.toggle('open', isOpen);
      opens.setAttribute('aria-expanded', String(isOpen));
      var first = tools.querySelector('select, input');
      if (isOpen && first) { first.focus(); } else { wake(); }
    };
    stage.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && stage.classList.contains('open')) { event.stopPropagation(); open(false); opens.focus(); }
    });
    followSettings(film, stage);
  }

  if (document.pictureInPictureEnabled && film.requestPictureInPicture) {
    var small = button('wide', 'small_window', 'window', function () {
      if (document.pictureInPictureElement) { document.exitPictureInPicture(); } else { film.requestPictureInPicture().catch(function () { /* not before there is a picture */ }); }
    });
    press(small, false);
    film.addEventListener('enterpictureinpicture', function () { press(small, true); });
    film.addEventListener('leavepictureinpicture', function () { press(small, false); });
  } else if (film.webkitSupportsPresentationMode && film.webkitSupportsPresentationMode('picture-in-picture')) {
    button('wide', 'small_window', 'window', function () { film.webkitSetPresentationMode(film.webkitPresentationMode === 'inline' ? 'picture-in-picture' : 'inline'); });
  }

  function fill() {
    var enter = stage.requestFullscreen || stage.webkitRequestFullscreen;
    if (fullScreen()) { (document.exitFullscreen || document.webkitExitFullscreen).call(document); return; }
    if (!enter) { film.webkitEnterFullscreen(); return; } // an iPhone: its own full screen, with the text that it draws
    var entered = enter.call(stage);
    if (entered && window.screen.orientation && window.screen.orientation.lock && film.videoWidth > film.videoHeight) {
      entered.then(function () { return window.screen.orientation.lock('landscape'); }).catch(function () { /* held as it is */ });
    }
  }
  if (stage.requestFullscreen || stage.webkitRequestFullscreen || film.webkitEnterFullscreen) {
    var full = button('full', 'full_screen', 'full', fill);
    press(full, false);
    ['fullscreenchange', 'webkitfullscreenchange'].forEach(function (event) {
      document.addEventListener(event, function () { press(full, Boolean(fullScreen())); wake(); });
    });
  }

  /* Keys count while the player has the focus, or fills the screen (WCAG 2.1.4), and never while something is chosen. */
  stage.addEventListener('keydown', function (event) {
    var tag = event.target.tagName;
    if (event.ctrlKey || event.metaKey || event.altKey || tag === 'SELECT' || (tag === 'INPUT' && event.target !== bound)) { return; }
    var key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((key === ' ' || key === 'Enter') && (tag === 'BUTTON' || tag === 'A')) { return; }
    var act = {
      ' ': toggle, k: toggle, j: function () { jump(-10); }, l: function () { jump(10); },
      ArrowLeft: function () { jump(-5); }, ArrowRight: function () { jump(5); },
      ArrowUp: function () { film.volume = Math.min(1, film.volume + 0.1); }, ArrowDown: function () { film.volume = Math.max(0, film.volume - 0.1); },
      f: fill, m: function () { film.muted = !film.muted; }, c: function () { if (cc) { cc.click(); } }, Home: function () { goTo(0); }, End: function () { goTo(length()); }
    }[key] || (/^[0-9]$/.test(key) ? function () { goTo(length() * Number(key) / 10); } : null);
    if (!act) { return; }
    event.preventDefault();
    wake();
    act();
  });

  gatherFirst(film, stage);
  showTime(0);
  showState();
  return function (changed) { // other words, for a page that changes its language in place
    words = changed;
    labelled.forEach(function (pair) { name(pair[0], words[pair[1]]); });
    showState();
    showTime(film.currentTime);
  };
}
