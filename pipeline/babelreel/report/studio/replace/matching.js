// Where a text stands in another one, as people see both: however their letters are composed.

const LETTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const IN_A_WORD = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts without spaces: where a word ends in them, only a dictionary tells. */
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** Give a text composed, and small unless case matters; a sigma at the end of a word is one like any other. */
function folded(text, isCase) {
  const composed = text.normalize("NFC");
  return isCase ? composed : composed.toLowerCase().replaceAll("ς", "σ");
}

/** Give the letters of a text as people see them, with their places. */
function lettersOf(text, isCase) {
  return [...LETTERS.segment(text)].map(({ segment, index }) => ({ at: index, end: index + segment.length, is: folded(segment, isCase) }));
}

/** Give all places of `wanted` in `text`, in order and apart, as [start, end]; `tag` is the language of both. */
export function findAll(text, wanted, { isCase, isWord, tag }) {
  const found = [];
  // most lines have nothing of it, and cutting them into letters takes a while
  if (!wanted || !folded(text, isCase).includes(folded(wanted, isCase))) return found;
  const needle = lettersOf(wanted, isCase);
  const letters = lettersOf(text, isCase);
  const isBorder = isWord ? borders(text, tag) : () => true;
  for (let place = 0; place + needle.length <= letters.length;) {
    const last = letters[place + needle.length - 1];
    const isHere = needle.every((each, step) => each.is === letters[place + step].is);
    if (isHere && isBorder(letters[place].at) && isBorder(last.end)) {
      found.push([letters[place].at, last.end]);
      place += needle.length;
    } else {
      place += 1;
    }
  }
  return found;
}

/** Give what tells whether a word may begin or end at a place. */
function borders(text, tag) {
  const words = new Intl.Segmenter(tag, { granularity: "word" });
  const told = new Set([...words.segment(text)].map(({ index }) => index));
  return (at) => {
    const before = [...text.slice(0, at)].at(-1) ?? "";
    const behind = [...text.slice(at)][0] ?? "";
    if (!IN_A_WORD.test(before) || !IN_A_WORD.test(behind)) return true;
    return (WITHOUT_SPACES.test(before) || WITHOUT_SPACES.test(behind)) && told.has(at);
  };
}

/** Put another text into these places. */
export function replaced(text, places, by) {
  let done = "";
  let from = 0;
  for (const [start, end] of places) {
    done += text.slice(from, start) + by;
    from = end;
  }
  return done + text.slice(from);
}
