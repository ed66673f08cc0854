/* The page that opens by double click. */

var offline = {}; // what each language's cues.js brought, by tag
window.babelreelCues = function (language) { offline[language.tag] = language; };

/* The page that opens by double click: a <track> is not loaded from file://, so the cues come as scripts. */
function startOfflinePage() {
  var film = find('film');
  var links = document.querySelectorAll('#offline-languages a');
  var tags = tagsOf(links).filter(function (tag) { return offline[tag]; });
  if (!film || !tags.length) { return; }
  tags.forEach(function (tag) { addText(film, offline[tag]); });
  followSubtitles(film);
  keepText(film);
  followMoments(film, find('lines'));
  all('[data-scripted]', function (part) { part.hidden = false; });
  var words = JSON.parse(film.dataset.words);
  var changeWords = startPlayer(film, words);
  var tiles = JSON.parse(film.dataset.tiles || '[]').map(function (tile) { return { startTime: tile[0] / 1000, text: tile[1] }; });
  if (tiles.length) { offerThumbs(film, function () { return tiles; }, window.location.href); }
  keepInView(film, words);
  offerMoreAtEnd(film, words);
  function choose(tag, keepsMoment) {
    showLanguage(offline[tag], links);
    changeWords(offline[tag].words.player);
    all('.again', function (button) { button.textContent = offline[tag].words.player.again; });
    if (offline[tag].film && film.getAttribute('src') !== offline[tag].film) {
      if (keepsMoment) { swapFilm(film, offline[tag].film); } else { film.src = offline[tag].film; }
    }
    showText(film, offline[tag].burned ? '' : tag);
  }
  each(links, function (link) {
    link.addEventListener('click', function (event) {
      if (!offline[link.hreflang]) { return; }
      event.preventDefault();
      find('picker').open = false;
      choose(link.hreflang, true);
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
  addedTracks.push(track);
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
    mark(link, link.hreflang === language.tag);
  });
  [['subtitles', words.player.texts], ['text-size', words.textSize], ['speed', words.speed]].forEach(function (pair) {
    document.querySelector('label[for="' + pair[0] + '"]').textContent = pair[1];
  });
  find('subtitles').options[0].textContent = words.noSubtitles;
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
  list.lang = language.tag;
  list.dir = language.dir;
  language.lines.forEach(function (line) {
    var item = document.createElement('li');
    var link = document.createElement('a');
    link.href = '#t=' + line[0] / 1000;
    link.dataset.end = line[1] / 1000;
    var time = document.createElement('span');
    time.className = 'clock';
    time.textContent = clock(line[0] / 1000);
    var said = document.createElement('span');
    said.className = 'said';
    said.textContent = line[2];
    link.appendChild(time);
    link.appendChild(document.createTextNode(' '));
    link.appendChild(said);
    item.appendChild(link);
    list.appendChild(item);
  });
}

on(document, 'DOMContentLoaded', function () {
  closePickerOnEscape();
  startOfflinePage();
});
