/* To send the page, the link or the film itself. */

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
    // without a moment, a link has no "#": it is shorter, and its language is that of the page
    var sent = encodeURIComponent(fromHere.checked ? address() : window.location.href.split('#')[0]);
    all('#ways a[data-form]', function (way) { way.href = way.dataset.form.replace('{address}', sent).replace('{text}', encodeURIComponent(find('title').textContent)); });
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
    find('share').parentNode.hidden = false;
    find('share').addEventListener('click', function () {
      navigator.share({ title: document.title, url: address() }).catch(function () { /* the reader thought better of it */ });
    });
  }
  sendFilm(find('send-film'));
  renew();
}

/* Hands the file to the phone's own menu; where that cannot be, the link saves it. A browser lets a page share for some
   seconds after a tap only: on a slow link the file arrives later, and the next tap sends it. */
function sendFilm(link) {
  var ready = null;
  if (!link || !navigator.canShare || !window.File || !window.fetch) { return; }
  var name = link.href.split('/').pop();
  if (!navigator.canShare({ files: [new File([], name, { type: 'video/mp4' })] })) { return; }
  function send() {
    navigator.share({ files: [ready], title: document.title }).catch(function () { /* later, or never */ });
  }
  link.addEventListener('click', function (event) {
    event.preventDefault();
    if (ready) { send(); return; }
    if (link.getAttribute('aria-busy') === 'true') { return; }
    link.setAttribute('aria-busy', 'true');
    window.fetch(link.href).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.blob();
    }).then(function (content) {
      ready = new File([content], name, { type: 'video/mp4' });
      link.removeAttribute('aria-busy');
      send();
    }).catch(function () {
      link.removeAttribute('aria-busy');
      window.location.href = link.href; // as without script
    });
  });
}
