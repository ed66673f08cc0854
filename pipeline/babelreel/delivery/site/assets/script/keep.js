/* Keeping a film on this device, if its reader wishes so; where nothing can be stored, nothing is offered. */

function offerKeeping(film) {
  var box = find('keep');
  if (!box || !('serviceWorker' in navigator) || !window.caches || !window.isSecureContext) { return; }
  var keep = find('keep-it');
  var forget = find('forget-it');
  var status = find('keep-status');
  var here = new URL('./', window.location.href).href;

  function show(state, isKept) {
    status.textContent = state ? status.dataset[state] : '';
    keep.hidden = isKept;
    forget.hidden = !isKept;
    keep.disabled = state === 'keeping';
  }

  function registered() {
    return navigator.serviceWorker.getRegistration(here).then(function (found) {
      return found && found.scope === here ? found : null;
    });
  }

  keep.addEventListener('click', function () {
    show('keeping', false);
    navigator.serviceWorker.register(keep.dataset.worker, { updateViaCache: 'none' }).then(function (found) {
      return whenActive(found);
    }).then(function () { show('kept', true); }, function () { show('failed', false); });
  });
  forget.addEventListener('click', function () {
    registered().then(function (found) { return found && found.unregister(); }).then(function () {
      return window.caches.keys();
    }).then(function (names) {
      return Promise.all(names.filter(function (name) { return name.indexOf('babelreel ' + here + ' ') === 0; })
        .map(function (name) { return window.caches.delete(name); }));
    }).then(function () { show('', false); }, function () { show('', false); });
  });

  registered().then(function (found) {
    show(found && found.active ? 'kept' : '', Boolean(found && found.active));
    box.hidden = false;
    if (found && found.active && film && navigator.onLine === false) { film.src = keep.dataset.film; }
  }).catch(function () { /* storage is denied: nothing is offered */ });
}

/* A worker is active once it has kept everything, and redundant when it could not. */
function whenActive(registration) {
  var worker = registration.installing || registration.waiting || registration.active;
  return new Promise(function (resolve, reject) {
    function look() {
      if (worker.state === 'activated') { resolve(); }
      if (worker.state === 'redundant') { reject(new Error('redundant')); }
    }
    worker.addEventListener('statechange', look);
    look();
  });
}
