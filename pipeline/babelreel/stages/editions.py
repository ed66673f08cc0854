"""Find the editions that cannot be made of a language, because one of its texts does not fit there."""

from __future__ import annotations

from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.film.encoding_ladder import Rung, Text
from babelreel.model.style import Styles
from babelreel.stages.content import choose_content
from babelreel.stages.inputs import Film, Subtitles
from babelreel.stages.picture import lay_language
from babelreel.timedtext.burnin.band import find_misfits


def skip_misfit(film: Film, styles: Styles, subtitles: Subtitles, rung: Rung) -> SkippedRendition | None:
    """Tell why an edition is not made of a language; ``None`` where it is, and for all other rungs."""
    if rung.edition is None or choose_content(film, subtitles, rung).text is Text.NONE:
        return None
    layout = lay_language(film, styles, subtitles, rung, has_text=False).layout
    misfit = next(find_misfits(layout, subtitles.track.cues), None)
    if misfit is None:
        return None
    tag = subtitles.language.tag
    taken = "a phrase wider than the picture" if misfit.is_torn else f"{misfit.lines} lines, and {misfit.most} fit"
    return SkippedRendition(
        name=f"{rung.name} in {tag}",
        why=f"cue {misfit.cue.number} takes {taken} below the picture",
        hint=f"“babelreel check {tag} --select WID002” lists all such lines. Say them in fewer words.",
        rendition=rung.name,
        tag=tag,
    )
