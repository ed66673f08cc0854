/* What all pages use: elements, links with a moment, the film's place and file. */

function find(id) { return document.getElementById(id); }
function each(list, act) { Array.prototype.forEach.call(list, act); }
function on(target, events, act) { events.split(' ').forEach(function (event) { target.addEventListener(event, act); }); }
function all(selector, act) { each(document.querySelectorAll(selector), act); }

/* "#lang=ps&t=83", "#play" */
function readHash() {
  var asked = { lang: '', t: null, plays: false };
  window.location.hash.slice(1).split('&').forEach(function (pair) {
    var at = pair.indexOf('=');
    var name = pair.slice(0, at);
    var value = pair.slice(at + 1);
    if (name === 'lang' && /^[A-Za-z0-9-]+$/.test(value)) { asked.lang = value; }
    if (pair === 'play') { asked.plays = true; }
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
