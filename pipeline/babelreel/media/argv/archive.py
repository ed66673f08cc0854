"""Build ffmpeg's arguments for a file with every sound and every text."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.media.argv.command_line import Input, Option, Output, command_words, metadata
from babelreel.media.argv.inputs import pieces_input
from babelreel.media.argv.repeatable_bytes import BARE
from babelreel.media.containers.mkv_language import both_languages
from babelreel.model.delivery.archive import ArchiveTrack, Container


def archive_argv(  # noqa: PLR0913 - a call of ffmpeg has these sides
    container: Container,
    *,
    pieces_name: str,
    sounds: tuple[ArchiveTrack, ...],
    texts: tuple[ArchiveTrack, ...],
    output_name: str,
    title: str,
) -> tuple[str, ...]:
    """Join picture, sounds and texts, copying every stream as it is; the first sound alone is switched on.

    Sounds are MP4 files. Texts are files of ``render_text_track`` for MP4, and of ``render_subrip`` for Matroska: our
    own both. What ffmpeg gets wrong is corrected afterwards: ``mp4.clear_subtitle_enabled`` and
    ``mkv_language.write_languages`` must follow.
    """
    first_text = 1 + len(sounds)
    streams = (
        "0:v:0",
        *(f"{number}:a:0" for number in range(1, first_text)),
        *(f"{number}:s:0" for number in range(first_text, first_text + len(texts))),
    )
    options: tuple[Option, ...] = (
        ("c", "copy"),
        *BARE,
        metadata("title", title),
        ("disposition:v:0", "default"),
        *_describe(container, "a", sounds),
        *_describe(container, "s", texts),
        *_CONTAINER_OPTIONS[container],
    )
    return command_words(
        inputs=(
            pieces_input(pieces_name),
            *(Input(name=sound.file) for sound in sounds),
            *(Input(name=text.file, options=_text_form(container)) for text in texts),
        ),
        outputs=(Output(name=output_name, streams=streams, options=options),),
    )


_CONTAINER_OPTIONS: dict[Container, tuple[Option, ...]] = {
    Container.MP4: (
        metadata("handler_name", "Picture", of="v:0"),
        ("movflags", "+faststart"),  # the index first: a player may show it before all is loaded
        ("f", "mp4"),
    ),
    Container.MKV: (
        ("default_mode", "passthrough"),  # else the first text is switched on
        ("write_crc32", 0),  # write_languages would make the sum of the tracks wrong
        ("f", "matroska"),
    ),
}


def _text_form(container: Container) -> tuple[Option, ...]:
    return (("f", "srt"),) if container is Container.MKV else ()  # ffmpeg does not always recognise a short text


def _describe(container: Container, kind: str, tracks: tuple[ArchiveTrack, ...]) -> Iterator[Option]:
    for place, track in enumerate(tracks):
        stream = f"{kind}:{place}"
        code = container.code_of(track.language)
        language = both_languages(code, track.language.tag) if container is Container.MKV else code
        yield metadata("language", language, of=stream)
        # some players show the handler's name, others the title; Matroska has the title only
        yield metadata("title", track.name, of=stream)
        if container is Container.MP4:
            yield metadata("handler_name", track.name, of=stream)
        yield f"disposition:{stream}", "default" if kind == "a" and place == 0 else 0
