"use strict";
// Lets a person write into the page that she got by mail, keeps what she writes, and makes the file that she sends back.
// A text always becomes a text node or a field's value: nothing that stands in a file is ever read as markup.
{
  const byId = (id) => document.getElementById(id);
  const { page, film, answer } = document.body.dataset;
  const words = JSON.parse(document.body.dataset.words);
  const word = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
  const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const name = byId("name");
  const MOST_NAMED = 20;
  let isKept = true;
  let isSentBack = true;

  // ------------------------------------------------------------ what the browser keeps, one entry for each line

  function remember(key, value) {
    try {
      if (value) localStorage.setItem(`${page}:${key}`, value);
      else localStorage.removeItem(`${page}:${key}`);
    } catch {
      isKept = false;
    }
    say(byId("kept"), word(isKept ? "kept" : "not_kept"));
    byId("kept").className = isKept ? "soft" : "trouble";
  }

  function remembered(key) {
    try {
      return localStorage.getItem(`${page}:${key}`) ?? "";
    } catch {
      isKept = false;
      return "";
    }
  }

  // ------------------------------------------------------------ one line

  class Line {
    constructor(element) {
      this.element = element;
      this.data = element.dataset;
      const part = (kind) => element.querySelector(`.${kind}`);
      [this.text, this.comment, this.yes, this.back, this.count, this.state, this.source] =
        ["text", "comment", "yes", "back", "count", "state", "source"].map(part);
      this.isSaid = false;
      this.text.readOnly = this.comment.readOnly = false;
      part("acts").hidden = false;
      this.recall();
      this.text.addEventListener("input", () => {
        this.isSaid = false; // who approved, approved what stood there
        this.changed();
      });
      this.comment.addEventListener("input", () => this.changed());
      this.yes.addEventListener("click", () => this.approve());
      this.back.addEventListener("click", () => this.reset());
    }

    get isRewritten() { return this.text.value !== this.text.defaultValue; }
    get isCommented() { return this.comment.value !== this.comment.defaultValue; }
    get isChanged() { return this.isRewritten || this.isCommented || this.isSaid; }
    get isOpen() { return !this.isApproved && Boolean(this.text.value.trim()); }
    get isToLookAt() { return "error" in this.data || "stale" in this.data || this.isRewritten; }
    get isApproved() { return this.isSaid || (this.data.state === "approved" && !this.isRewritten); }

    recall() {
      let kept = {};
      try {
        kept = JSON.parse(remembered(this.data.key) || "{}") ?? {};
      } catch { /* somebody else's: as if there were nothing */ }
      const text = (value, field) => (typeof value === "string" ? value : field.defaultValue);
      this.text.value = text(kept.text, this.text);
      this.comment.value = text(kept.comment, this.comment);
      this.isSaid = kept.isSaid === true;
      if (this.isChanged) isSentBack = false;
      this.show();
    }

    keep() {
      const kept = { isSaid: this.isSaid };
      if (this.isRewritten) kept.text = this.text.value;
      if (this.isCommented) kept.comment = this.comment.value;
      remember(this.data.key, this.isChanged ? JSON.stringify(kept) : "");
      isSentBack = false;
      this.show();
    }

    changed() {
      this.keep();
      tellProgress();
    }

    approve() {
      if (!this.isOpen) return;
      this.isSaid = true;
      this.changed();
    }

    reset() {
      this.text.value = this.text.defaultValue;
      this.comment.value = this.comment.defaultValue;
      this.isSaid = false;
      this.changed();
      this.text.focus();
    }

    show() {
      const { number, limit, most } = this.data;
      const length = [...this.text.value.replace(/[\r\n]/g, "")].length;
      const kind = length > most ? "too_much" : length > limit ? "much" : "";
      say(this.count, `\u2066${length} / ${limit}\u2069${kind ? ` · ${word(kind)}` : ""}`);
      this.count.className = `count ${kind.replace("_", "-")}`;
      const now = this.isApproved ? "approved" : this.isRewritten ? "translated" : this.data.state || ("stale" in this.data ? "stale" : "unknown");
      say(this.state, word(`state_${now}`));
      say(this.yes, word(this.isApproved ? "is_approved" : "approve"));
      this.yes.setAttribute("aria-label", word(this.isApproved ? "approved_line" : "approve_line", { number }));
      this.yes.setAttribute("aria-disabled", String(!this.isOpen));
      this.back.hidden = !this.isChanged;
      this.element.classList.toggle("is-approved", this.isApproved);
      this.element.classList.toggle("is-changed", this.isChanged);
      this.element.classList.toggle("is-rewritten", this.isRewritten);
    }

    answered() {
      return {
        key: this.data.key, source: whole(this.source.textContent), text: whole(this.text.value),
        state: this.isSaid ? "approved" : null, comment: this.isCommented ? whole(this.comment.value) : null,
      };
    }
  }

  const lines = [...document.querySelectorAll(".line")].map((element) => new Line(element));

  function tellProgress() {
    say(byId("progress"), word("progress", { approved: lines.filter((line) => line.isApproved).length, lines: lines.length }));
    byId("rest").hidden = !rest().length;
    say(byId("told"), "");
  }

  /** Give the lines that are approved together: in none has anything changed, and rules find no error. */
  const rest = () => lines.filter((line) => line.isOpen && !line.isToLookAt);

  function askForRest() {
    const left = lines.filter((line) => line.isOpen && line.isToLookAt).map((line) => line.data.number);
    say(byId("rest-text"), word("approve_rest_text", { count: rest().length }));
    say(byId("rest-left"), left.length ? word("rest_left", { lines: left.slice(0, MOST_NAMED).join(", ") + (left.length > MOST_NAMED ? " …" : "") }) : "");
    byId("rest-dialog").returnValue = "no";
    byId("rest-dialog").showModal();
  }

  function approveRest() {
    if (byId("rest-dialog").returnValue !== "yes") return;
    const approved = rest();
    for (const line of approved) {
      line.isSaid = true;
      line.keep();
    }
    tellProgress();
    say(byId("told"), word("approved_told", { count: approved.length }));
    byId("send").focus();
  }

  function showWanted() {
    const wanted = byId("filter").value;
    for (const line of lines) {
      line.element.hidden = wanted === "stale" ? !("stale" in line.data) : wanted === "open" && line.isApproved;
    }
    byId("none").hidden = lines.some((line) => !line.element.hidden);
  }

  // ------------------------------------------------------------ what is sent back

  // half of a sign of two halves is none
  const whole = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd");

  function crc32(bytes) {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return (~sum >>> 0).toString(16).padStart(8, "0");
  }

  function answerFile() {
    const said = { kind: "babelreel answer 1", film: whole(film), by: whole(name.value.trim()), lines: lines.map((line) => line.answered()) };
    said.sum = crc32(new TextEncoder().encode(JSON.stringify(said)));
    return new File([`${JSON.stringify(said, null, 1)}\n`], answer, { type: "text/plain" });
  }

  function isReady() {
    const isNamed = Boolean(name.value.trim());
    const isAnything = lines.some((line) => line.isChanged);
    if (!isNamed || !isAnything) say(byId("told"), word(isNamed ? "nothing" : "name_first"));
    if (!isNamed) name.focus();
    return isNamed && isAnything;
  }

  function tellSent() {
    isSentBack = true;
    say(byId("told"), word("send_how", { file: `\u2068${answer}\u2069` }));
  }

  function save() {
    const address = URL.createObjectURL(answerFile());
    const link = document.createElement("a");
    Object.assign(link, { href: address, download: answer });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    tellSent();
  }

  function canShare() {
    try {
      return Boolean(navigator.canShare?.({ files: [answerFile()] }));
    } catch {
      return false;
    }
  }

  async function share() {
    try {
      await navigator.share({ files: [answerFile()], title: answer });
      tellSent();
    } catch (error) {
      if (error.name !== "AbortError") save(); // she closed the list of programs herself
    }
  }

  // ------------------------------------------------------------ the page as a whole

  name.value = remembered("name");
  name.addEventListener("input", () => remember("name", name.value));
  byId("filter").addEventListener("change", showWanted);
  byId("rest").addEventListener("click", askForRest);
  byId("rest-dialog").addEventListener("close", approveRest);
  byId("save").hidden = !canShare();
  byId("save").addEventListener("click", () => { if (isReady()) save(); });
  byId("send").addEventListener("click", () => { if (isReady()) (canShare() ? share : save)(); });
  byId("who").hidden = byId("end").hidden = false;
  byId("only-read").hidden = true; // it stays where scripts do not run, or are too old for this one
  remember("?", "kept");
  remember("?", "");
  tellProgress();

  // another window of the same page
  addEventListener("storage", (event) => {
    const line = lines.find(({ data }) => event.key === `${page}:${data.key}`);
    if (line && !line.element.contains(document.activeElement)) line.recall();
    tellProgress();
  });

  addEventListener("beforeunload", (event) => {
    if (!isKept && !isSentBack) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const place = lines.findIndex((line) => line.element.contains(event.target));
    if (place < 0 || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    lines[place].approve();
    lines.slice(place + 1).find((line) => !line.element.hidden)?.text.focus();
  });
}
