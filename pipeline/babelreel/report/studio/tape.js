// Runs beside the page's own work, and misses no sample: measures what the microphone hears, and keeps it while asked to.

import { CUT } from "./wav.js";

const EACH = 2400; // samples that are told of at once
const RUN = 3; // so many samples at full scale in a row are cut off

class Tape extends AudioWorkletProcessor {
  constructor() {
    super();
    this.parts = null;
    this.clear();
    this.run = 0;
    this.port.onmessage = ({ data }) => {
      if (data === "begin") this.parts = [];
      if (data === "end") {
        this.port.postMessage({ parts: this.parts ?? [] });
        this.parts = null;
      }
    };
  }

  clear() {
    Object.assign(this, { count: 0, squares: 0, peak: 0, clipped: 0 });
  }

  process(inputs) {
    const heard = inputs[0][0];
    if (!heard) return true;
    if (this.parts) this.parts.push(heard.slice());
    for (const each of heard) {
      const height = Math.abs(each);
      this.squares += each * each;
      if (height > this.peak) this.peak = height;
      this.run = height >= CUT ? this.run + 1 : 0;
      if (this.run >= RUN) this.clipped += 1;
    }
    this.count += heard.length;
    if (this.count >= EACH) {
      const { peak, clipped, squares, count } = this;
      this.port.postMessage({ level: { peak, clipped, power: squares / count } });
      this.clear();
    }
    return true;
  }
}

registerProcessor("babelreel-tape", Tape);
