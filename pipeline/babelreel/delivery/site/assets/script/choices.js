/* Which file of the film is played. */

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
      before = chosenText;
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
