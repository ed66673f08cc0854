// How a finding is told: how grave it is and what it is about in the page's language, then the rule's own words, in English.

import { make } from "./elements.js";
import { word } from "./words.js";

/** What rules are about, by the three letters with which their codes begin. */
const KINDS = {
  FIL: "kind_file", ENC: "kind_file", SYN: "kind_file", SRT: "kind_file", VTT: "kind_file", ASS: "kind_file", ALW: "kind_file", SET: "kind_file",
  MRK: "kind_format", STY: "kind_format", TIM: "kind_times", FLM: "kind_times", RDG: "kind_reading", LBR: "kind_breaks", WID: "kind_breaks", SGN: "kind_text", PAI: "kind_breaks",
  SPC: "kind_spaces", TXT: "kind_text", LET: "kind_letters", SCR: "kind_letters", GLY: "kind_letters", TYP: "kind_typography",
  DIR: "kind_direction", LNG: "kind_language", PAR: "kind_original", FCT: "kind_facts", LDG: "kind_original", DUB: "kind_voice",
};

/** Make the item of a finding; `act` is a button behind it, null for none. */
export function findingItem(each, act = null) {
  const kind = KINDS[each.code.slice(0, 3)];
  return make("li", { className: each.severity },
    make("b", {}, word(each.severity)), " ", kind ? `${word(kind)} · ` : null,
    make("span", { lang: "en", dir: "ltr", title: each.code }, each.message, each.numbers), act && " ", act);
}
