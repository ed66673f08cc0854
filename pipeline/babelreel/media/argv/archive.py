"""With which arguments is ffmpeg called for a file with every sound and every text?

Pure, as ``argv`` is; by hand, for ffmpeg-python cannot repeat an option, and here nearly all are repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    own both. What ffmpeg does not write right is put right afterwards: ``mp4.clear_subtitle_enabled`` and
    ``mkv_language.write_languages`` must follow.
    """
    return (
        *("-f", "concat", "-auto_convert", "0"),  # see argv: parameter sets are not written again
        *("-i", f"file:{pieces_name}"),
        *(word for sound in sounds for word in ("-i", f"file:{sound.file}")),
        *(word for text in texts for word in (*_text_form(container), "-i", f"file:{text.file}")),
        *("-map", "0:v:0"),
        *(word for number in range(1, 1 + len(sounds)) for word in ("-map", f"{number}:a:0")),
        *(
            word
            for number in range(1 + len(sounds), 1 + len(sounds) + len(texts))
            for word in ("-map", f"{number}:s:0")
        ),
        *("-c", "copy"),
        *("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"),  # see argv
        *("-metadata", f"title={title}", "-disposition:v:0", "default"),
        *_describe(container, "a", sounds),
        *_describe(container, "s", texts),
        *_CONTAINER_WORDS[container],
        f"file:{output_name}",
    )


_CONTAINER_WORDS = {
    Container.MP4: (
        *("-metadata:s:v:0", "handler_name=Picture"),
        *("-movflags", "+faststart"),  # the index first: a player may show it before all is loaded
        *("-f", "mp4"),
    ),
    Container.MKV: (
        *("-default_mode", "passthrough"),  # else the first text is switched on
        *("-write_crc32", "0"),  # write_languages would make the sum of the tracks wrong
        *("-f", "matroska"),
    ),
}


def _text_form(container: Container) -> tuple[str, ...]:
    return ("-f", "srt") if container is Container.MKV else ()  # a short text is not always known for what it is


def _describe(container: Container, kind: str, tracks: tuple[ArchiveTrack, ...]) -> Iterator[str]:
    for place, track in enumerate(tracks):
        code = container.code_of(track.language)
        language = both_languages(code, track.language.tag) if container is Container.MKV else code
        yield from (f"-metadata:s:{kind}:{place}", f"language={language}")
        # some players show the handler's name, others the title; Matroska has the title only
        yield from (f"-metadata:s:{kind}:{place}", f"title={track.name}")
        if container is Container.MP4:
            yield from (f"-metadata:s:{kind}:{place}", f"handler_name={track.name}")
        yield from (f"-disposition:{kind}:{place}", "default" if kind == "a" and place == 0 else "0")
