// Writes samples as a WAV of 24 bit at 48 kHz with one channel; nothing is lost on the way.

export const RATE_HZ = 48_000;
const HEAD = 44;
const BYTES = 3;
const TOP = 2 ** 23;
/**
 * What is as high as this (0.009 dB below full scale) was cut off: browsers take sound in 16 bit, and may bring it to
 * another rate. It is written at full scale, where the rules look for it, so that they find what the meter shows.
 */
export const CUT = 0.999;

/** Give the bytes of a WAV; samples are numbers from -1 to 1. */
export function wavOf(samples) {
  const size = samples.length * BYTES;
  const view = new DataView(new ArrayBuffer(HEAD + size + (size % 2)));
  const letters = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  letters(0, "RIFF");
  view.setUint32(4, view.byteLength - 8, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // whole numbers
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, RATE_HZ, true);
  view.setUint32(28, RATE_HZ * BYTES, true);
  view.setUint16(32, BYTES, true);
  view.setUint16(34, BYTES * 8, true);
  letters(36, "data");
  view.setUint32(40, size, true);
  samples.forEach((sample, index) => {
    const at = HEAD + index * BYTES;
    const height = Math.abs(sample) >= CUT ? Math.sign(sample) : sample;
    const number = Math.max(-TOP, Math.min(TOP - 1, Math.round(height * TOP)));
    view.setUint16(at, number & 0xffff, true);
    view.setInt8(at + 2, number >> 16);
  });
  return view.buffer;
}
