/* The choice of a language. */

function tagsOf(links) {
  return Array.prototype.map.call(links, function (link) { return link.hreflang; });
}

/* Whoever changes the language goes on at the same moment. */
function carryMoment(film) {
  all('#picker a', function (link) {
    var plain = link.getAttribute('href');
    link.addEventListener('click', function () {
      var time = Math.floor(film ? film.currentTime : 0);
      link.href = time > 0 ? plain + '#lang=' + link.hreflang + '&t=' + time : plain;
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
