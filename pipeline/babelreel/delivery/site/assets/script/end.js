/* When the film has ended, what comes next lies over it until it goes on: to see it again, to send it, to get help. */

function offerMoreAtEnd(film, words) {
  var end = make('div', 'film-end', film.closest('.screen'));
  end.hidden = true;
  var again = make('button', 'again', end);
  again.type = 'button';
  again.textContent = words.again;
  again.addEventListener('click', function () { goToStart(film); });
  /* what the page has of it: the same links, which a reader of pages by ear meets there */
  each(document.querySelectorAll('.hero .calls, .hero .ways'), function (list) {
    var same = end.appendChild(list.cloneNode(true));
    same.removeAttribute('id');
    each(same.querySelectorAll('button'), function (button) { button.parentNode.remove(); });
  });
  on(film, 'ended', function () {
    each(end.querySelectorAll('.way'), function (way, place) { way.href = document.querySelectorAll('#ways .way')[place].href; });
    end.hidden = false;
  });
  on(film, 'play seeking emptied', function () { end.hidden = true; });
}

function goToStart(film) {
  film.currentTime = 0;
  play(film);
  focusPlayer(film);
}
