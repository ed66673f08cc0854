// One line in the list: its fields, its state, what the rules say of it.

import { make, say } from "./elements.js";
import { momentMs, pictureMs, playLine } from "./film.js";
import { findingItem } from "./findings.js";
import { current, findingsOf, isChanged, language } from "./model.js";
import { record } from "./recorder.js";
import { approve, change, comment, fix, save, settle } from "./saving.js";
import { tell } from "./telling.js";
import { nextStop } from "./timeline/stops.js";
import { read, shown } from "./times.js";
import { word } from "./words.js";

/** Make the element of a line; `may` says what its reader may do, `onType` is told of every letter. */
export class LineView {
  constructor(line, { may, sources, onType }) {
    this.line = line;
    this.may = may;
    this.onType = onType;
    const { number, place } = line.now;
    const id = `line-${place}`;
    this.play = make("button", { type: "button", className: "play", onclick: () => playLine(this.line) });
    this.start = this.time("start_ms", "start_of");
    this.end = this.time("end_ms", "end_of");
    this.state = make("span", { className: "state" });
    this.source = make("p", { className: "source", lang: sources.tag, dir: sources.is_rtl ? "rtl" : "ltr" });
    this.text = make("textarea", {
      lang: language.tag, dir: sources.is_own_rtl ? "rtl" : "ltr", spellcheck: true, autocomplete: "off",
      readOnly: !may.repair, "aria-describedby": `${id}-source ${id}-state ${id}-findings`,
      oninput: () => this.typed({ text: this.text.value }), onchange: () => save(this.line), onblur: () => save(this.line),
    });
    this.findings = make("ul", { className: "findings" });
    this.clash = make("div", { className: "clash", hidden: true });
    this.yes = make("button", { type: "button", className: "yes", hidden: !may.approve, onclick: () => approve([this.line]) });
    this.record = make("button", { type: "button", className: "record", hidden: !may.record, onclick: () => this.recordLine() });
    this.sources = sources;
    this.note = make("textarea", {
      className: "comment", rows: 1, maxLength: 2000, dir: "auto", readOnly: !may.repair, placeholder: word("comment"),
      onchange: () => comment(this.line, this.note.value),
    });
    Object.assign(this.source, { id: `${id}-source` });
    Object.assign(this.state, { id: `${id}-state` });
    Object.assign(this.findings, { id: `${id}-findings` });
    this.element = make("li", { id, className: "line" },
      make("div", { className: "head" }, this.play, make("span", { className: "times" }, this.start, " – ", this.end), this.state),
      this.source, this.text, this.findings, this.clash, make("div", { className: "acts" }, this.yes, this.record, this.note));
    this.element.dataset.number = number;
    this.update(line);
  }

  time(key, label) {
    const input = make("input", { className: "time", inputMode: "numeric", readOnly: !this.may.repair, autocomplete: "off", dir: "ltr" });
    input.dataset.word = label;
    input.addEventListener("change", () => this.retime(key, read(input.value)));
    input.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || !this.may.repair) return;
      event.preventDefault();
      const at = read(input.value);
      if (at === null) return;
      const wished = event.shiftKey ? nextStop(key, at, step) ?? at : (Math.round(at / pictureMs()) + step) * pictureMs();
      input.value = shown(Math.max(0, Math.round(wished)));
      if (event.shiftKey) tell(input.value);
      this.typed({ [key]: read(input.value) });
    });
    input.addEventListener("blur", () => save(this.line));
    return input;
  }

  retime(key, ms) {
    if (ms === null) {
      this.update(this.line);
      return;
    }
    this.typed({ [key]: ms });
    save(this.line);
  }

  /** Set a time to the moment that the film shows. */
  setTime(key) {
    if (this.may.repair) this.retime(key, momentMs());
  }

  /** Open the recorder for this line. */
  recordLine() {
    if (!this.record.hidden) void record(this.line, this.sources);
  }

  typed(changes) {
    change(this.line, changes);
    this.onType(this);
    this.update(this.line);
  }

  /** Show what is so now; a field in which somebody is writing keeps what she wrote. */
  update(line) {
    this.line = line;
    const { now } = line;
    const wanted = current(line);
    say(this.play, `▶ ${now.number}`);
    this.play.setAttribute("aria-label", word("play_line", { number: now.number }));
    this.start.setAttribute("aria-label", word("start_of", { number: now.number }));
    this.end.setAttribute("aria-label", word("end_of", { number: now.number }));
    say(this.record, `● ${word("record")}`);
    this.record.setAttribute("aria-label", word("record_line", { number: now.number }));
    this.text.setAttribute("aria-label", word("text_of", { number: now.number }));
    this.note.setAttribute("aria-label", word("comment_of", { number: now.number }));
    if (document.activeElement !== this.start || !line.draft) this.start.value = shown(wanted.start_ms);
    if (document.activeElement !== this.end || !line.draft) this.end.value = shown(wanted.end_ms);
    if (this.text.value !== wanted.text) this.text.value = wanted.text;
    this.text.rows = Math.max(1, wanted.text.split("\n").length);
    if (document.activeElement !== this.note) this.note.value = now.comment;
    say(this.source, now.source);
    this.source.hidden = !now.source;
    this.updateState(line);
    this.updateFindings(findingsOf(line));
    this.updateClash(line);
  }

  updateState(line) {
    const { now } = line;
    const name = isChanged(line) ? "not_saved" : !now.text.trim() ? "waiting" : now.change ? "stale" : now.is_rewritten ? "rewritten" : now.state;
    this.element.dataset.state = name;
    const who = now.by && !isChanged(line) ? ` · ${now.by} · ${now.on}` : "";
    say(this.state, `${word(`state_${name}`)}${who}`);
    say(this.yes, word(now.is_approved && !isChanged(line) ? "is_approved" : "approve"));
    this.yes.setAttribute("aria-label", word(now.is_approved ? "approved_line" : "approve_line", { number: now.number }));
    const isWaiting = !current(line).text.trim();
    this.yes.disabled = isWaiting || (now.is_approved && !isChanged(line));
    this.record.disabled = isWaiting;
    this.note.disabled = isWaiting;
    this.source.title = now.change ? word("was", { text: now.change[0] }) : "";
  }

  updateFindings(findings) {
    const told = [...findings];
    const { change: changed } = this.line.now;
    const state = JSON.stringify([told, changed, this.may.repair]);
    if (state === this.told) return;
    this.told = state;
    this.findings.replaceChildren(
      ...(changed ? [make("li", { className: "warning" }, word("source_changed", { before: changed[0], after: changed[1] }))] : []),
      ...told.map((each) => this.finding(each)));
  }

  finding(each) {
    const button = each.has_fix && this.may.repair
      ? make("button", { type: "button", "aria-label": `${word("fix")}: ${each.message}`, onclick: () => fix(this.line, each) }, word("fix"))
      : null;
    return findingItem(each, button);
  }

  updateClash(line) {
    this.clash.hidden = !line.theirs;
    if (!line.theirs) {
      this.clash.replaceChildren();
      return;
    }
    const theirs = make("q", { lang: language.tag, dir: "auto" }, line.theirs.text);
    const mine = make("q", { lang: language.tag, dir: "auto" }, current(line).text);
    this.clash.replaceChildren(
      make("p", {}, word("conflict"), " "), make("p", {}, word("theirs"), " ", theirs), make("p", {}, word("mine"), " ", mine),
      make("div", { className: "acts" },
        make("button", { type: "button", onclick: () => settle(this.line, false) }, word("take_theirs")),
        line.theirs.digest ? make("button", { type: "button", onclick: () => settle(this.line, true) }, word("keep_mine")) : null));
  }
}
