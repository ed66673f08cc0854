/* Keeps one language of a film on a device whose reader chose so: no page registers this by itself.

   Pages and texts come from the network as long as there is one, so that a corrected number arrives; the film and
   pictures come from what is kept, part by part. Whatever fails here, the network is asked as if this were not there. */

'use strict';

var KEPT = /* made for each language */ null;
var PREFIX = 'babelreel ' + self.registration.scope + ' ';
var NAME = PREFIX + KEPT.version;

/* Of each file: its address without "?v=", and the address under which it is kept, which names its content. */
var files = new Map(KEPT.files.map(function (file) {
  var url = new URL(file.path, self.registration.scope);
  return [url.href, { key: url.href + '?v=' + file.digest, digest: file.digest, bytes: file.bytes, isHeavy: file.heavy }];
}));

self.addEventListener('install', function (event) {
  self.skipWaiting();
  event.waitUntil(caches.open(NAME).then(function (cache) {
    return Promise.all(Array.from(files.values(), function (file) { return keepFile(cache, file); }));
  }).catch(function (error) {
    return caches.delete(NAME).then(function () { throw error; });
  }));
});

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) {
      return name.indexOf(PREFIX) === 0 && name !== NAME ? caches.delete(name) : null;
    }));
  }).then(function () { return self.clients.claim(); }));
});

/* What an earlier version kept of the same content is not fetched again. */
function keepFile(cache, file) {
  return caches.match(file.key).then(function (found) {
    return found || fetch(new Request(file.key, { cache: 'no-cache' })).then(function (answer) {
      if (answer.status !== 200) { throw new Error(file.key + ' ' + answer.status); }
      return answer.blob().then(function (body) {
        if (file.isHeavy && body.size !== file.bytes) { throw new Error(file.key + ' ' + body.size); }
        return new Response(body, { headers: { 'Content-Type': answer.headers.get('Content-Type') || '' } });
      });
    });
  }).then(function (answer) { return cache.put(file.key, answer); });
}

self.addEventListener('fetch', function (event) {
  var request = event.request;
  if (request.method !== 'GET') { return; }
  var url = new URL(request.url);
  var asked = url.searchParams.get('v');
  url.search = '';
  url.hash = '';
  if (url.href === self.registration.scope) { url.href += 'index.html'; }
  var file = files.get(url.href);
  if (!file) { return; }
  if (!file.isHeavy) {
    event.respondWith(fetch(request).catch(function (error) { return orFail(kept(file), error); }));
  } else if (asked === null || asked === file.digest) {
    event.respondWith(kept(file).then(function (found) {
      return found ? part(found, request.headers.get('Range')) : fetch(request);
    }).catch(function () { return fetch(request); }));
  }
});

function kept(file) {
  return caches.open(NAME).then(function (cache) { return cache.match(file.key); });
}

function orFail(promise, error) {
  return promise.then(function (found) {
    if (!found) { throw error; }
    return found;
  });
}

/* A player asks for parts of a film; WebKit plays nothing that answers such a question with the whole. */
function part(answer, range) {
  var asked = /^bytes=(\d*)-(\d*)$/.exec(range || '');
  if (!asked || !(asked[1] || asked[2])) { return answer; }
  return answer.blob().then(function (body) {
    var first = asked[1] ? Number(asked[1]) : Math.max(0, body.size - Number(asked[2]));
    var last = asked[1] && asked[2] ? Math.min(Number(asked[2]), body.size - 1) : body.size - 1;
    var headers = { 'Content-Type': answer.headers.get('Content-Type') || '', 'Accept-Ranges': 'bytes' };
    if (first > last) {
      headers['Content-Range'] = 'bytes */' + body.size;
      return new Response(null, { status: 416, headers: headers });
    }
    headers['Content-Range'] = 'bytes ' + first + '-' + last + '/' + body.size;
    headers['Content-Length'] = String(last - first + 1);
    return new Response(body.slice(first, last + 1), { status: 206, headers: headers });
  });
}
