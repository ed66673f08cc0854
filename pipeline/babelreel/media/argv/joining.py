"""Build ffmpeg's arguments for the file that joins picture, sound and text.

Pure: it takes names in the task's folder and returns words.
"""

from __future__ import annotations

from babelreel.media.argv.command_line import Input, Option, Output, by_name, command_words, metadata
from babelreel.media.argv.inputs import pieces_input
from babelreel.media.argv.repeatable_bytes import BARE_MP4
from babelreel.model.language import Language


def mux_argv(  # noqa: PLR0913 - a call of ffmpeg has these sides
    *,
    pieces_name: str,
    sound_name: str | None,
    text_name: str | None,
    language: Language,
    output_name: str,
    title: str,
    sound_language: str = "und",
    sound_handler: str = "Sound",
) -> tuple[str, ...]:
    """Join picture, sound and text into the file that is delivered, copying every stream as it is.

    ``pieces_name`` is a list of ``render_pieces`` beside the pieces of the picture.
    ``text_name`` is a file of ``render_text_track`` (never a subtitle file: ffmpeg would change its text). Languages
    are ISO 639-2/T, three letters: anything else is silently written as "none". ffmpeg switches the text on
    whatever its options say; ``mp4.clear_subtitle_enabled`` must follow.
    """
    inputs, streams = [pieces_input(pieces_name)], ["0:v:0"]
    options: list[Option] = [
        *by_name(
            ("c", "copy"),
            ("movflags", "+faststart"),  # the index first: browsers and phones start before all is loaded
            *BARE_MP4,
        ),
        metadata("title", title),
        metadata("handler_name", "Picture", of="v:0"),
    ]
    if sound_name:
        streams.append(f"{len(inputs)}:a:0")
        inputs.append(Input(name=sound_name))
        options += (metadata("language", sound_language, of="a:0"), metadata("handler_name", sound_handler, of="a:0"))
    if text_name:
        streams.append(f"{len(inputs)}:s:0")
        inputs.append(Input(name=text_name))
        options += _text_options(language)
    return command_words(
        inputs=tuple(inputs), outputs=(Output(name=output_name, streams=tuple(streams), options=tuple(options)),)
    )


def _text_options(language: Language) -> tuple[Option, ...]:
    return (
        metadata("language", language.iso639_t, of="s:0"),
        metadata("handler_name", language.own_name, of="s:0"),  # some players show the handler's name,
        metadata("title", language.own_name, of="s:0"),  # others the title
        ("disposition:s:0", 0),
    )
