"""Plan the film that a studio shows: small, without text, frame for frame the one that is published."""

from __future__ import annotations

from dataclasses import dataclass, replace

from babelreel.graph.task import Produced, Program, SourceFile, Task
from babelreel.media.argv.joining import mux_argv
from babelreel.media.assembly.command import FfmpegCommand
from babelreel.media.assembly.copied_streams import Copied
from babelreel.media.sound.peaks import PEAKS, MeasurePeaks
from babelreel.model.film.ladder.default_rungs import STUDIO_RUNG
from babelreel.model.film.media import MediaInfo
from babelreel.stages.inputs import Workshop
from babelreel.stages.picture.joined import join_pieces
from babelreel.stages.picture.pieces import plan_shared_picture
from babelreel.stages.sound.encoded import SAMPLE_RATE_HZ, SOUND, plan_original_sound

LIGHT_FILM = "film.mp4"


@dataclass(frozen=True, slots=True, kw_only=True)
class LightFilm:
    """The tasks of a light film, the last one of which makes the ``LIGHT_FILM`` itself."""

    tasks: tuple[Task, ...]

    @property
    def film(self) -> Task:
        """The task whose output is the film."""
        return self.tasks[-1]


def plan_peaks(ffmpeg: Program, film: MediaInfo, source: SourceFile) -> Task:
    """Plan what is seen of the film's sound; it must have one."""
    return Task(
        name="peaks of the sound",
        kind="peaks",
        action=MeasurePeaks(ffmpeg=ffmpeg, film=film, film_name=source.name),
        inputs=(source,),
        outputs=(PEAKS,),
    )


def plan_light_film(workshop: Workshop) -> LightFilm:
    """Plan the film at ``STUDIO_RUNG``, with its own sound; a frame is shown when the films of the build show it."""
    picture, sound = plan_shared_picture(workshop, STUDIO_RUNG), plan_original_sound(workshop, STUDIO_RUNG)
    pieces, spoken = join_pieces(picture), workshop.film.language
    expects = picture.expects
    if sound:
        expects = replace(expects, audio_codec="aac", channels=STUDIO_RUNG.channels, sample_rate_hz=SAMPLE_RATE_HZ)
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg.identity,
        argv=mux_argv(
            pieces_name=pieces.list_name,
            sound_name=SOUND if sound else None,
            text_name=None,
            language=spoken,
            sound_language=spoken.iso639_t,
            sound_handler=spoken.own_name,
            output_name=LIGHT_FILM,
            title=workshop.film.title,
        ),
        output=LIGHT_FILM,
        joins=pieces.names,
        copies=(Copied(kind="audio", files=(SOUND,)),) if sound else (),
        expects=expects,
    )
    joined = Task(
        name="light film",
        kind="file",
        rendition=STUDIO_RUNG.name,
        action=action,
        inputs=(*pieces.inputs, *((Produced(name=SOUND, task=sound.name, output=SOUND),) if sound else ())),
        outputs=(LIGHT_FILM,),
    )
    return LightFilm(tasks=(*picture.tasks, *((sound,) if sound else ()), joined))
