// The microphone as it is: nothing is made louder, cleaner or smaller on the way to the file.

import { RATE_HZ } from "./wav.js";

const KEPT = "babelreel-studio-microphone";
const ANSWER_S = 8; // a machine without a loudspeaker may let nothing run, and say nothing of it
let open = null; // { context, stream, node }
let waiting = null; // who waits for what was recorded
let whenHeard = () => {};
let whenLost = () => {};

/** A microphone that is open, and of which nothing is heard. */
export class SilentMicrophone extends Error {}

/** Say who is told how loud it is, twenty times a second, and who is told that the microphone is gone. */
export function onSound(heard, lost) {
  whenHeard = heard;
  whenLost = lost;
}

/** Tell whether the browser lets this page have a microphone at all. */
export const canListen = () => isSecureContext && Boolean(navigator.mediaDevices) && "AudioWorkletNode" in globalThis;

/** Open the microphone that was chosen last; throws what the browser says where there is none, or where it may not. */
export async function openMicrophone() {
  if (open) return;
  const wished = localStorage.getItem(KEPT);
  const plain = { autoGainControl: false, echoCancellation: false, noiseSuppression: false };
  const audio = { ...plain, channelCount: { ideal: 1 }, sampleRate: { ideal: RATE_HZ }, ...(wished ? { deviceId: { ideal: wished } } : {}) };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  try {
    open = await taped(stream, { sampleRate: RATE_HZ, latencyHint: "playback" }).catch((error) => {
      if (error instanceof SilentMicrophone) throw error;
      return taped(stream, {}); // a browser that cannot bring the microphone to our rate does so afterwards
    });
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw error;
  }
  stream.getAudioTracks()[0].addEventListener("ended", () => { closeMicrophone(); whenLost(); });
}

async function taped(stream, options) {
  const context = new AudioContext(options);
  try {
    const source = context.createMediaStreamSource(stream);
    await context.audioWorklet.addModule("/assets/tape.js");
    const node = new AudioWorkletNode(context, "babelreel-tape", { channelCount: 1, channelCountMode: "explicit" });
    const heard = new Promise((resolve) => {
      node.port.onmessage = ({ data }) => {
        resolve();
        if (data.level) whenHeard(data.level);
        else if (waiting) waiting(data.parts);
      };
    });
    source.connect(node).connect(context.destination); // it is silent there; what leads nowhere is not run
    await inTime(Promise.all([context.resume(), heard]));
    return { context, stream, node };
  } catch (error) {
    void context.close();
    throw error;
  }
}

function inTime(answer) {
  const late = new Promise((_, reject) => { setTimeout(() => reject(new SilentMicrophone()), ANSWER_S * 1000); });
  return Promise.race([answer, late]);
}

/** Let go of the microphone: the browser's red light goes out. */
export function closeMicrophone() {
  if (!open) return;
  for (const track of open.stream.getTracks()) track.stop();
  void open.context.close();
  open = null;
}

/** List the microphones: their ids and names, and which one is open. */
export async function microphones() {
  const found = (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "audioinput");
  const id = open?.stream.getAudioTracks()[0].getSettings().deviceId;
  return found.map((each) => ({ id: each.deviceId, name: each.label, isOpen: each.deviceId === id }));
}

/** Take another microphone from now on. */
export async function chooseMicrophone(id) {
  localStorage.setItem(KEPT, id);
  closeMicrophone();
  await openMicrophone();
}

/** Keep what is heard from now on. */
export const beginTape = () => open?.node.port.postMessage("begin");

/** End keeping; gives the samples, at 48 kHz. */
export async function endTape() {
  if (!open) return new Float32Array();
  const { context, node } = open;
  const parts = await inTime(new Promise((resolve) => {
    waiting = resolve;
    node.port.postMessage("end");
  })).catch(() => []);
  waiting = null;
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => { samples.set(part, at); return at + part.length; }, 0);
  return context.sampleRate === RATE_HZ || !samples.length ? samples : atOurRate(samples, context.sampleRate);
}

async function atOurRate(samples, rate) {
  const offline = new OfflineAudioContext(1, Math.round((samples.length * RATE_HZ) / rate), RATE_HZ);
  playInto(offline, samples, rate);
  return (await offline.startRendering()).getChannelData(0);
}

function playInto(context, samples, rate) {
  const buffer = context.createBuffer(1, samples.length, rate);
  buffer.copyToChannel(samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.start();
  return source;
}

/** Play what was recorded; gives what stops it. `ended` is called at its end. */
export function playTape(samples, ended) {
  const context = new AudioContext();
  const source = playInto(context, samples, RATE_HZ);
  source.onended = () => { void context.close(); ended(); };
  return () => source.stop();
}
