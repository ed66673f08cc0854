/* What the film shows at a moment, over the bar of its time: from the storyboard, fetched when it is first wanted. */

/* "tiles" are from where on a place shows the film, each with the address of its picture and "#xywh=". */
function offerThumbs(film, tiles, base) {
  var line = film.closest('.stage').querySelector('.time');
  var bound = line.querySelector('.moment');
  var thumb = make('div', 'thumb', line);
  var picture = make('div', 'tile', thumb);
  var said = make('span', '', thumb);
  thumb.hidden = true;
  thumb.setAttribute('aria-hidden', 'true');
  var shown = 0;
  function show(seconds) {
    shown = seconds;
    var cue = Array.prototype.filter.call(tiles(), function (each) { return each.startTime <= seconds; }).pop();
    var found = cue && /^(.*)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(cue.text);
    var box = line.getBoundingClientRect();
    thumb.hidden = false;
    said.textContent = clock(seconds);
    if (found) {
      picture.style.backgroundImage = 'url("' + new URL(found[1], base).href + '")';
      picture.style.backgroundPosition = '-' + found[2] + 'px -' + found[3] + 'px';
      picture.style.width = found[4] + 'px';
      picture.style.height = found[5] + 'px';
    }
    var edge = line.closest('.screen').getBoundingClientRect();
    var middle = box.left + box.width * seconds / (Number(bound.max) || 1);
    var half = thumb.offsetWidth / 2;
    thumb.style.left = Math.max(edge.left + half + 4, Math.min(edge.right - half - 4, middle)) - box.left + 'px';
  }
  bound.addEventListener('pointermove', function (event) {
    var box = bound.getBoundingClientRect();
    if (event.pointerType !== 'touch' || bound.classList.contains('held')) {
      show(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * Number(bound.max));
    }
  });
  bound.addEventListener('input', function () { show(Number(bound.value)); });
  ['pointerleave', 'change', 'blur'].forEach(function (event) { bound.addEventListener(event, function () { thumb.hidden = true; }); });
  return function () { if (!thumb.hidden) { show(shown); } };
}

/* From the track of the page, which is loaded when it is first looked for. */
function offerTrackedThumbs(film) {
  var element = film.querySelector('track[kind="metadata"][label="storyboard"]');
  if (!element || wantsLittle()) { return; }
  element.addEventListener('load', offerThumbs(film, function () {
    element.track.mode = 'hidden';
    return element.track.cues || [];
  }, element.src));
}
