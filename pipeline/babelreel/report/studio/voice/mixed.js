// Plays a line as it will sound in the film, with the film's picture beside it.

import { askSound } from "../door.js";
import { byId } from "../elements.js";
import { restFilm, runFilm } from "../film.js";
import { language } from "../model.js";
import { RATE_HZ } from "../wav.js";

/** Have a line mixed; gives what plays it, which calls `ended` at its end and gives what stops it. */
export async function mixLine(line) {
  const { place, digest } = line.now;
  const { bytes, startMs } = await askSound(`languages/${language.tag}/mix`, { version: language.version, place, digest });
  const sound = await new OfflineAudioContext(2, 1, RATE_HZ).decodeAudioData(bytes);
  return (ended) => {
    const context = new AudioContext();
    const source = context.createBufferSource();
    source.buffer = sound;
    source.connect(context.destination);
    source.onended = () => {
      void context.close();
      restFilm();
      byId("video").muted = false;
      ended();
    };
    byId("video").muted = true; // the film's own sound is in the mix
    runFilm(startMs / 1000);
    source.start();
    return () => source.stop();
  };
}
