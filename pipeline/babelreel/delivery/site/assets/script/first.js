/* The first page speaks the language that the browser asks for, and names come in the order of its wishes. */

function startFirstPage() {
  var list = find('languages');
  var tags = tagsOf(list.querySelectorAll('.name'));
  var asked = readHash();
  var meant = asked.lang ? nearest(asked.lang, tags) : '';
  if (meant) { window.location.replace(meant + '/' + (asked.t === null ? '' : '#lang=' + meant + '&t=' + asked.t)); return; }
  var wanted = (navigator.languages || [navigator.language || '']).map(function (tag) { return nearest(tag, tags); });
  var likely = wanted.filter(function (tag, place) { return tag && wanted.indexOf(tag) === place; });
  likely.slice().reverse().forEach(function (tag) {
    list.insertBefore(list.querySelector('[hreflang="' + tag + '"]').parentNode, list.firstChild);
  });
  if (likely.length) { welcome(likely[0]); }
  hearNames();
}

function welcome(tag) {
  var told = document.querySelector('template[data-language="' + tag + '"]');
  var place = find('welcome');
  var page = document.documentElement;
  page.lang = tag;
  page.dir = told.dataset.direction;
  document.body.lang = told.dataset.words;
  document.body.dir = told.dataset.wordsDirection;
  place.textContent = '';
  place.appendChild(told.content.cloneNode(true));
  document.title = find('title').textContent;
  var heading = find('languages-title');
  heading.textContent = told.dataset.choose;
  heading.lang = told.dataset.chooseTag;
  heading.dir = told.dataset.chooseDirection;
  find('poster').href = place.querySelector('.watch').getAttribute('href');
  find('poster').setAttribute('aria-label', told.dataset.watch);
}

/* A tap says the name in place of leading to the sound; one name at a time. */
function hearNames() {
  var sound = null;
  var said = null;
  function end() { if (said) { said.removeAttribute('aria-pressed'); said = null; } }
  all('.hear', function (link) {
    link.setAttribute('role', 'button');
    link.addEventListener('click', function (event) {
      event.preventDefault();
      if (sound) { sound.pause(); }
      end();
      sound = new window.Audio(link.href);
      said = link;
      link.setAttribute('aria-pressed', 'true');
      sound.addEventListener('ended', end);
      play(sound);
    });
    link.addEventListener('keydown', function (event) {
      if (event.key === ' ') { event.preventDefault(); link.click(); }
    });
  });
}

on(document, 'DOMContentLoaded', function () {
  startFirstPage();
});
