/* The link to the film. */

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
