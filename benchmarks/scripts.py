"""The scripts that people would write instead: ffmpeg, the same settings, and no cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.build.planning import Prepared
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.stages.inputs import Subtitles
from babelreel.timedtext.burnin.drawing import lay_burnin, render_drawing

Command = list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripts:
    """Writes the commands for a prepared project; files lie in ``folder``, beside ``master.mp4`` and ``fonts/``."""

    prepared: Prepared
    folder: Path

    def naive(self, subtitles: Subtitles) -> Iterator[Command]:
        """One run for each language and rendition."""
        for rung in self.prepared.project.rungs:
            yield [*self._inputs(subtitles, rung), *self._output(rung, subtitles, self._filter(rung, subtitles))]

    def expert_web(self) -> Iterator[Command]:
        """Encode the web pictures once."""
        for rung in self._rungs(Text.MUX):
            sound = ["-map", "0:a", *_sound(rung)]
            picture = ["-map", "0:v", "-vf", self._scale(rung), *_picture(rung)]
            yield [*self._ffmpeg(), "-i", "master.mp4", *picture, *sound, f"{rung.name}.mp4"]

    def expert_language(self, subtitles: Subtitles) -> Iterator[Command]:
        """Both phone files of a language in one run, and its web files by stream copy."""
        words = [*self._ffmpeg(), "-i", "master.mp4"]
        for rung in self._rungs(Text.BURN_IN):
            words += self._output(rung, subtitles, self._filter(rung, subtitles))
        yield words
        tag = subtitles.language.tag
        for rung in self._rungs(Text.MUX):
            inputs = ["-i", f"{rung.name}.mp4", "-i", f"{tag}.srt"]
            streams = ["-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text", "-movflags", "+faststart"]
            yield [*self._ffmpeg(), *inputs, *streams, f"{rung.name}.{tag}.mp4"]

    def write_texts(self, subtitles: Subtitles) -> None:
        """Write the subtitle files that the commands name."""
        tag = subtitles.language.tag
        source = self.prepared.project.root / subtitles.track.path
        (self.folder / f"{tag}.srt").write_bytes(source.read_bytes())
        for rung in self._rungs(Text.BURN_IN):
            drawing = lay_burnin(
                subtitles.track,
                language=subtitles.language,
                frame=self.prepared.workshop.film.frame(rung),
                type_size=rung.type_size,
                style=self.prepared.workshop.styles.of(subtitles.language.tag, rung.name),
                font=subtitles.font,
            )
            (self.folder / f"{rung.name}.{tag}.ass").write_text(render_drawing(drawing), encoding="utf-8")

    def _rungs(self, text: Text) -> list[Rung]:
        return [rung for rung in self.prepared.project.rungs if rung.text is text]

    def _ffmpeg(self) -> Command:
        return [str(self.prepared.workshop.ffmpeg.path), "-v", "error", "-nostdin", "-y"]

    def _inputs(self, subtitles: Subtitles, rung: Rung) -> Command:
        text = ["-i", f"{subtitles.language.tag}.srt"] if rung.text is Text.MUX else []
        return [*self._ffmpeg(), "-i", "master.mp4", *text]

    def _scale(self, rung: Rung) -> str:
        frame = self.prepared.workshop.film.frame(rung)
        return f"scale={frame.width_px}:{frame.height_px}:flags=lanczos,format=yuv420p"

    def _filter(self, rung: Rung, subtitles: Subtitles) -> str:
        if rung.text is Text.MUX:
            return self._scale(rung)
        return f"{self._scale(rung)},ass={rung.name}.{subtitles.language.tag}.ass:fontsdir=fonts:shaping=complex"

    def _output(self, rung: Rung, subtitles: Subtitles, filters: str) -> Command:
        text = ["-map", "1", "-c:s", "mov_text"] if rung.text is Text.MUX else []
        name = f"{rung.name}.{subtitles.language.tag}.mp4"
        return ["-map", "0:v", "-vf", filters, *_picture(rung), "-map", "0:a", *_sound(rung), *text, name]


def _picture(rung: Rung) -> Command:
    return [
        *("-c:v", "libx264", "-preset", rung.preset, "-profile:v", rung.profile, "-level", rung.level),
        *("-crf", f"{float(rung.crf):g}", "-maxrate", f"{rung.peak_kbps}k", "-bufsize", f"{rung.buffer_kbit}k"),
        *("-bf", str(rung.b_frames), "-refs", "3", "-g", "125", "-movflags", "+faststart"),
    ]


def _sound(rung: Rung) -> Command:
    return ["-c:a", "aac", "-b:a", f"{rung.audio_kbps}k", "-ac", str(rung.channels)]
