/* The page's own script: it adds to what works without it. Plain ES2017, no library; text goes into the page as text. */
(function () {
  'use strict';

  var offline = {}; // what each language's cues.js brought, by tag
  window.babelreelCues = function (language) { offline[language.tag] = language; };

  function find(id) { return document.getElementById(id); }
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function all(selector, act) { each(document.querySelectorAll(selector), act); }

  /* "#lang=ps&t=83" */
  function readHash() {
    var asked = { lang: '', t: null };
    window.location.hash.slice(1).split('&').forEach(function (pair) {
      var at = pair.indexOf('=');
      var name = pair.slice(0, at);
      var value = pair.slice(at + 1);
      if (name === 'lang' && /^[A-Za-z0-9-]+$/.test(value)) { asked.lang = value; }
      if (name === 't' && /^\d+(\.\d+)?$/.test(value)) { asked.t = Number(value); }
    });
    return asked;
  }

  function clock(seconds) {
    var whole = Math.floor(seconds);
    var rest = whole % 60;
    var minutes = Math.floor(whole / 60) % 60;
    var hours = Math.floor(whole / 3600);
    var end = (rest < 10 ? '0' : '') + rest;
    return hours ? hours + ':' + (minutes < 10 ? '0' : '') + minutes + ':' + end : minutes + ':' + end;
  }

  /* The tag that a language was meant by: itself in any case, or one of the same language. */
  function nearest(wanted, tags) {
    var lower = wanted.toLowerCase();
    var same = tags.filter(function (tag) { return tag.toLowerCase() === lower; })[0];
    return same || tags.filter(function (tag) {
      return tag.toLowerCase().split('-')[0] === lower.split('-')[0];
    })[0] || '';
  }

  function whenKnown(film, act) {
    if (film.readyState >= 1) { act(); } else { film.addEventListener('loadedmetadata', act, { once: true }); }
  }

  function seek(film, seconds) {
    whenKnown(film, function () { film.currentTime = Math.min(seconds, film.duration || seconds); });
  }

  function play(film) {
    var begun = film.play();
    if (begun) { begun.catch(function () { /* the browser wants a tap first: the controls are there */ }); }
  }

  /* Another file of the same film, at the same moment. */
  function swapFilm(film, address) {
    var time = film.currentTime;
    var ran = !film.paused;
    film.src = address;
    film.load();
    if (time > 0) { seek(film, time); }
    if (ran) { play(film); }
  }

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

  function textTracks(film) {
    return Array.prototype.filter.call(film.textTracks, function (track) { return track.kind !== 'metadata'; });
  }

  function showText(film, tag) {
    textTracks(film).forEach(function (track) { track.mode = track.language === tag ? 'showing' : 'disabled'; });
  }

  function followSubtitles(film) {
    var select = find('subtitles');
    if (!select) { return; }
    select.addEventListener('change', function () { showText(film, select.value); });
    film.textTracks.addEventListener('change', function () { // chosen in the browser's own menu
      var shown = textTracks(film).filter(function (track) { return track.mode === 'showing'; })[0];
      select.value = shown ? shown.language : '';
    });
  }

  /* Links to other files of the film: the player plays them in place. */
  function followChoices(film) {
    var list = find('choices');
    if (!list) { return; }
    var before = null; // the text that was shown before a film with text in its picture
    function choose(link) {
      if (link.getAttribute('aria-current') === 'true') { return; }
      each(list.querySelectorAll('a'), function (other) { other.removeAttribute('aria-current'); });
      link.setAttribute('aria-current', 'true');
      var burned = link.hasAttribute('data-burned');
      if (burned && before === null) {
        var shown = textTracks(film).filter(function (track) { return track.mode === 'showing'; })[0];
        before = shown ? shown.language : '';
        showText(film, '');
      } else if (!burned && before !== null) {
        showText(film, before);
        before = null;
      }
      swapFilm(film, link.href);
    }
    list.addEventListener('click', function (event) {
      var link = event.target.closest('a');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      choose(link);
    });
    var light = list.querySelector('a[data-light]');
    if (light && navigator.connection && navigator.connection.saveData) { choose(light); }
  }

  function offerSharing(film, tag) {
    var field = find('link');
    if (!field) { return; }
    var fromHere = find('from-here');
    var status = find('status');
    function address() {
      var moment = fromHere.checked ? '&t=' + Math.floor(film ? film.currentTime : 0) : '';
      return window.location.href.split('#')[0] + '#lang=' + tag + moment;
    }
    function renew() {
      field.value = address();
      find('here').textContent = '(' + clock(film ? film.currentTime : 0) + ')';
    }
    function copyByHand() {
      field.focus();
      field.select();
      return document.execCommand('copy'); // old browsers, and pages without https
    }
    fromHere.addEventListener('change', renew);
    if (film) { film.addEventListener('timeupdate', renew); film.addEventListener('seeked', renew); }
    field.addEventListener('focus', function () { field.select(); });
    find('copy').addEventListener('click', function () {
      renew();
      function done() { status.textContent = status.dataset.copied; }
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(field.value).then(done, function () { if (copyByHand()) { done(); } });
      } else if (copyByHand()) { done(); }
    });
    if (navigator.share) {
      find('share').hidden = false;
      find('share').addEventListener('click', function () {
        navigator.share({ title: document.title, url: address() }).catch(function () { /* the reader thought better of it */ });
      });
    }
    renew();
  }

  function tagsOf(links) {
    return Array.prototype.map.call(links, function (link) { return link.dataset.language; });
  }

  /* Whoever changes the language goes on at the same moment. */
  function carryMoment(film) {
    all('#picker a[data-language]', function (link) {
      var plain = link.getAttribute('href');
      link.addEventListener('click', function () {
        var time = Math.floor(film ? film.currentTime : 0);
        link.href = time > 0 ? plain + '#lang=' + link.dataset.language + '&t=' + time : plain;
      });
    });
  }

  function closePickerOnEscape() {
    var picker = find('picker');
    if (!picker) { return; }
    document.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && picker.open) { picker.open = false; picker.querySelector('summary').focus(); }
    });
    document.addEventListener('click', function (event) {
      if (picker.open && !picker.contains(event.target)) { picker.open = false; }
    });
  }

  function startFirstPage() {
    var links = document.querySelectorAll('#languages a[data-language]');
    var tags = tagsOf(links);
    var asked = readHash();
    var meant = asked.lang ? nearest(asked.lang, tags) : '';
    if (meant) { window.location.replace(meant + '/' + (asked.t === null ? '' : '#lang=' + meant + '&t=' + asked.t)); return; }
    var wanted = (navigator.languages || [navigator.language || '']).map(function (tag) { return nearest(tag, tags); });
    var first = wanted.filter(Boolean)[0];
    var link = links[tags.indexOf(first)];
    if (!link) { return; }
    var suggestion = find('suggestion');
    var offer = suggestion.querySelector('a');
    offer.href = link.getAttribute('href');
    offer.lang = link.dataset.watchLang || link.lang;
    offer.dir = link.dir;
    offer.textContent = link.dataset.watch;
    suggestion.hidden = false;
  }

  function startLanguagePage() {
    var film = find('film');
    var asked = readHash();
    var own = document.documentElement.lang;
    var meant = asked.lang ? nearest(asked.lang, tagsOf(document.querySelectorAll('#picker a[data-language]'))) : '';
    if (meant && meant !== own) {
      window.location.replace('../' + meant + '/' + window.location.hash);
      return;
    }
    all('[data-scripted]', function (part) { part.hidden = false; });
    carryMoment(film);
    offerSharing(film, own);
    if (!film) { return; }
    followLines(film);
    followSubtitles(film);
    followChoices(film);
    if (asked.t !== null) { seek(film, asked.t); }
    window.addEventListener('hashchange', function () {
      var now = readHash();
      if (now.t !== null) { seek(film, now.t); }
    });
  }

  /* The page that opens by double click: a <track> is not loaded from file://, so the cues come as scripts. */
  function startOfflinePage() {
    var film = find('film');
    var links = document.querySelectorAll('#offline-languages a[data-language]');
    var tags = tagsOf(links).filter(function (tag) { return offline[tag]; });
    if (!film || !tags.length) { return; }
    tags.forEach(function (tag) { addText(film, offline[tag]); });
    followLines(film);
    function choose(tag, keepsMoment) {
      showLanguage(offline[tag], links);
      if (offline[tag].film && film.getAttribute('src') !== offline[tag].film) {
        if (keepsMoment) { swapFilm(film, offline[tag].film); } else { film.src = offline[tag].film; }
      }
      showText(film, offline[tag].burned ? '' : tag);
    }
    each(links, function (link) {
      link.addEventListener('click', function (event) {
        if (!offline[link.dataset.language]) { return; }
        event.preventDefault();
        find('picker').open = false;
        choose(link.dataset.language, true);
      });
    });
    var asked = readHash();
    var languages = [asked.lang].concat(navigator.languages || [], film.dataset.language).filter(Boolean);
    var wanted = languages.map(function (tag) { return nearest(tag, tags); }).filter(Boolean)[0];
    choose(wanted || tags[0], false);
    if (asked.t !== null) { seek(film, asked.t); }
  }

  function addText(film, language) {
    var track = film.addTextTrack('subtitles', language.name, language.tag);
    track.mode = 'hidden';
    language.cues.forEach(function (line) {
      if (line[1] <= line[0]) { return; }
      var text = line[2].replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      var cue = new window.VTTCue(line[0] / 1000, line[1] / 1000, text);
      if (line[3]) { cue.line = 0; }
      track.addCue(cue);
    });
    track.mode = 'disabled';
  }

  function showLanguage(language, links) {
    var words = language.words;
    document.documentElement.lang = language.tag;
    document.documentElement.dir = language.dir;
    document.body.lang = words.tag;
    document.body.dir = words.dir;
    each(links, function (link) {
      if (link.dataset.language === language.tag) { link.setAttribute('aria-current', 'true'); } else { link.removeAttribute('aria-current'); }
    });
    find('picker-name').setAttribute('aria-label', words.language);
    find('picker-word').textContent = words.language;
    var name = find('picker-language');
    name.textContent = language.name;
    name.lang = language.tag;
    name.dir = language.dir;
    var title = find('title');
    title.textContent = language.title;
    title.lang = language.titleTag;
    find('transcript-title').textContent = words.transcript;
    find('hint').textContent = words.jump;
    find('transcript').hidden = false;
    var about = find('about');
    about.hidden = false;
    about.querySelector('h2').textContent = words.accessibility;
    about.querySelector('p').textContent = words.note;
    fillLines(language);
  }

  function fillLines(language) {
    var list = find('lines');
    list.textContent = '';
    language.lines.forEach(function (line) {
      var item = document.createElement('li');
      var link = document.createElement('a');
      link.href = '#lang=' + language.tag + '&t=' + line[0] / 1000;
      link.dataset.start = line[0] / 1000;
      link.dataset.end = line[1] / 1000;
      var time = document.createElement('span');
      time.className = 'clock';
      time.dir = 'ltr';
      time.textContent = clock(line[0] / 1000);
      var said = document.createElement('span');
      said.className = 'said';
      said.lang = language.tag;
      said.dir = language.dir;
      said.textContent = line[2];
      link.appendChild(time);
      link.appendChild(document.createTextNode(' '));
      link.appendChild(said);
      item.appendChild(link);
      list.appendChild(item);
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    closePickerOnEscape();
    if (document.body.classList.contains('offline-page')) { startOfflinePage(); }
    else if (document.body.classList.contains('first-page')) { startFirstPage(); }
    else { startLanguagePage(); }
  });
}());
