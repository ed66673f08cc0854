// The words of the page, in the reader's language.

const TAGS = ["ar", "bg", "de", "en", "fa", "fr", "nl", "pcm", "ps", "ro", "sq", "vi", "zh-Hans"];
const RIGHT_TO_LEFT = ["ar", "fa", "ps"];
let words = {};

function chosen() {
  for (const wish of navigator.languages) {
    const primary = wish.toLowerCase().split("-")[0];
    const found = TAGS.find((tag) => tag.toLowerCase().split("-")[0] === primary);
    if (found) return found;
  }
  return "en";
}

/** Load the words, and put them into the page. */
export async function loadWords() {
  const tag = chosen();
  const load = async (each) => (await fetch(`/assets/words/${each}.json`)).json();
  words = { ...(await load("en")), ...(tag === "en" ? {} : await load(tag)) };
  document.documentElement.lang = tag;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(tag) ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", word(element.dataset.wordLabel));
  }
}

/** Give a word or sentence, with values put in for {their names}. */
export function word(name, values = {}) {
  const text = words[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
}
