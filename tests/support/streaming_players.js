// How is a stream played by players that know nothing of ours? Each opener gives one set of handles:
// sounds and texts list [language, name]; hear and read choose one by language; shown gives the texts on the screen.
"use strict";
const video = document.getElementById("video");
window.faults = [];
localStorage.clear(); // dash.js remembers what was chosen
video.addEventListener("error", () => faults.push("video: " + video.error.message));

const ranges = (buffered) => Array.from({ length: buffered.length }, (_, i) => [buffered.start(i), buffered.end(i)]);

const until = async (test, what, seconds = 15) => {
  const begun = performance.now();
  while (!test()) {
    if (performance.now() - begun > 1000 * seconds) {
      throw new Error(`not within ${seconds} s: ${what}, at ${video.currentTime}; ${faults.join("; ")}`);
    }
    await new Promise((done) => setTimeout(done, 20));
  }
};

const seek = async (time) => {
  video.currentTime = time;
  await until(() => !video.seeking && video.readyState >= 3, `seeking to ${time}`);
};

const playTo = async (time) => {
  video.play().catch(() => {}); // not awaited: where nothing comes, it never ends
  await until(() => video.currentTime >= time, `playing to ${time}`);
  video.pause();
};

// The body of an asynchronous function, run among all that stands here; drivers differ in what their own scripts see.
window.runHere = async (body, values) => {
  const names = Object.keys(values);
  const AsyncFunction = runHere.constructor;
  return JSON.stringify((await new AsyncFunction(...names, body)(...names.map((name) => values[name]))) ?? null);
};

const activeCues = (tracks) =>
  Array.from(tracks)
    .filter((track) => track.mode === "showing")
    .flatMap((track) => Array.from(track.activeCues || []))
    .map((cue) => cue.text);

const openDash = async (address) => {
  const player = dashjs.MediaPlayer().create();
  let isReady = false;
  player.on("error", (event) => faults.push(`dash.js ${event.error?.code} ${event.error?.message}`));
  player.on("streamInitialized", () => (isReady = true));
  player.updateSettings({
    debug: { logLevel: 0 },
    streaming: {
      buffer: {
        bufferTimeDefault: 60,
        bufferTimeAtTopQuality: 60,
        bufferTimeAtTopQualityLongForm: 60,
        bufferPruningInterval: 0.2, // cues of a text that was just chosen are written as often, and while the film runs
      },
    },
  });
  player.initialize(video, `${address}/stream/manifest.mpd`, false);
  await until(() => isReady && player.getTracksFor("text").length, "tracks");
  const find = (kind, language) => player.getTracksFor(kind).find((track) => track.lang === language);
  const named = (kind) => player.getTracksFor(kind).map((track) => [track.lang, track.labels[0].text]);
  return {
    sounds: () => named("audio"),
    texts: () => named("text"),
    hear: (language) => player.setCurrentTrack(find("audio", language)),
    read: async (language) => {
      const isPaused = video.paused;
      const index = player.getTracksFor("text").indexOf(find("text", language));
      const isWritten = (track) => track.mode === "showing" && track.language === language && track.cues?.length;
      for (let triesLeft = 4; triesLeft >= 0; triesLeft -= 1) {
        // a choice that was lost on a busy machine, before the texts were there, is only made again after none was chosen
        if (player.getCurrentTextTrackIndex() === index) player.setTextTrack(-1);
        player.setTextTrack(index);
        if (video.ended) video.currentTime = 0; // cues are written while the film runs
        try {
          await video.play();
          await until(() => Array.from(video.textTracks).some(isWritten), `cues in ${language}`, 5);
          break;
        } catch (fault) {
          if (!triesLeft) throw fault;
        }
      }
      if (isPaused) video.pause();
    },
    heard: () => player.getCurrentTrackFor("audio")?.lang,
    shown: () => activeCues(video.textTracks),
  };
};

const openVideoJs = (manifest, type) => async (address) => {
  const ours = { nativeAudioTracks: false, nativeVideoTracks: false, nativeTextTracks: false };
  const player = videojs(video, { preload: "auto", html5: { ...ours, vhs: { overrideNative: true } } });
  player.on("error", () => faults.push(`video.js ${player.error()?.message}`));
  player.src({ src: `${address}/stream/${manifest}`, type });
  const texts = () => Array.from(player.textTracks()).filter((track) => track.kind === "subtitles");
  const sounds = () => Array.from(player.audioTracks());
  await until(() => sounds().length && texts().length, "tracks");
  const named = (tracks) => tracks.map((track) => [track.language, track.label]);
  const choose = (tracks, language, state) => tracks.forEach((track) => state(track, track.language === language));
  return {
    sounds: () => named(sounds()),
    texts: () => named(texts()),
    hear: (language) => choose(sounds(), language, (track, isIt) => (track.enabled = isIt)),
    read: (language) => choose(texts(), language, (track, isIt) => (track.mode = isIt ? "showing" : "disabled")),
    heard: () => sounds().find((track) => track.enabled)?.language,
    shown: () => activeCues(player.textTracks()),
  };
};

const openers = {
  "hls.js": async (address) => {
    const hls = new Hls({ enableWorker: false, maxBufferLength: 60 });
    // a choice made while something loads, and a slow machine, are no faults of the stream
    const harmless = ["aborted", "bufferStalledError"];
    hls.on(Hls.Events.ERROR, (_, data) => harmless.includes(data.details) || faults.push(data.details));
    hls.loadSource(`${address}/stream/master.m3u8`);
    hls.attachMedia(video);
    await until(() => hls.audioTracks.length && hls.subtitleTracks.length, "tracks");
    const find = (tracks, language) => tracks.findIndex((track) => track.lang === language);
    const named = (tracks) => tracks.map((track) => [track.lang, track.name]);
    return {
      sounds: () => named(hls.audioTracks),
      texts: () => named(hls.subtitleTracks),
      hear: (language) => (hls.audioTrack = find(hls.audioTracks, language)),
      read: (language) => (hls.subtitleTrack = find(hls.subtitleTracks, language)),
      heard: () => hls.audioTracks[hls.audioTrack]?.lang,
      shown: () => activeCues(video.textTracks),
    };
  },

  shaka: async (address) => {
    shaka.polyfill.installAll();
    const player = new shaka.Player();
    player.addEventListener("error", (event) => faults.push(`shaka ${event.detail.code} ${event.detail.data}`));
    await player.attach(video);
    // without prefetching: in Firefox and WebKit, 5.2.12 takes what it had aborted for what it had fetched, again and
    // again, once another sound is chosen
    player.configure({ streaming: { bufferingGoal: 60, segmentPrefetchLimit: 0 }, preferredAudio: [{ language: "en" }] });
    await player.load(`${address}/stream/manifest.mpd`);
    const find = (tracks, language) => tracks.find((track) => track.language === language);
    const named = (tracks) => tracks.map((track) => [track.language, track.label]);
    return {
      sounds: () => named(player.getAudioTracks()),
      texts: () => named(player.getTextTracks()),
      hear: (language) => player.selectAudioTrack(find(player.getAudioTracks(), language)),
      read: (language) => player.selectTextTrack(find(player.getTextTracks(), language)),
      heard: () => player.getAudioTracks().find((track) => track.active)?.language,
      shown: () => activeCues(video.textTracks),
    };
  },

  "dash.js": openDash,
  "dash.js-4": openDash,
  "video.js": openVideoJs("master.m3u8", "application/vnd.apple.mpegurl"),
  "video.js-dash": openVideoJs("manifest.mpd", "application/dash+xml"),
};
