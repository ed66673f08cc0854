"""Find how coarse a rung must be so that its largest file fits, from a few cells instead of the whole film."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

from babelreel.errors import UsageError
from babelreel.graph.task import Json, Workspace
from babelreel.media.containers.mp4_picture import read_picture
from babelreel.media.picture.piece import PIECE, EncodePiece, PieceSettings
from babelreel.model.film.cells import Footage

#: The file that holds the CRF which was found.
QUALITY = "crf.txt"

_STEP = Fraction(1, 2)
#: Half a CRF more makes a picture about 6 % smaller: six halve it, as x264's own documentation says.
_SMALLER = Fraction(100, 106)
#: Beyond this a 360p picture is a mosaic.
_COARSEST = Fraction(40)
#: A picture that fills so much of its room is fine enough, and after so many trials any that fits is.
_NEAR = Fraction(100, 92)
_TRIALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuality:
    """Finds a CRF, the rung's own or coarser, with which sample cells with full text keep under a limit.

    ``has_second``: the text is that of two languages.
    """

    settings: PieceSettings
    samples: tuple[Footage, ...]
    limit_bytes: int
    has_second: bool = False

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        trial = self._trial(self.settings, self.samples[0]).document()
        frames = [each.cell.frames for each in self.samples]
        return {**trial, "frames": frames, "limit_bytes": self.limit_bytes, "search": [str(_STEP), str(_COARSEST)]}

    def perform(self, workspace: Workspace) -> None:
        """Try coarser and coarser by how much is still too large, back halfway if that was too coarse; write the CRF.

        Raises what encoding raises, and ``UsageError`` when even the coarsest bearable picture is too large.
        """
        too_fine, fitting, crf = -1, -1, 0  # in steps above the rung's own
        coarsest = int((_COARSEST - self.settings.rung.crf) / _STEP)
        for trial in count():
            size = self._size(self._crf(crf), workspace)
            if size > self.limit_bytes:
                too_fine = crf
            else:
                fitting = crf
            is_near = size <= self.limit_bytes <= size * _NEAR
            if is_near or too_fine + 1 == fitting or (fitting >= 0 and trial >= _TRIALS):
                break
            if too_fine >= coarsest:
                raise self._too_long()
            coarser = min(crf + steps_needed(size, self.limit_bytes), max(coarsest, 0))
            crf = (too_fine + fitting) // 2 if fitting >= 0 else coarser
        (workspace.folder / QUALITY).write_text(str(self._crf(fitting)), encoding="ascii")

    def _trial(self, settings: PieceSettings, footage: Footage) -> EncodePiece:
        return EncodePiece(settings=settings, footage=footage, lead=0, has_second=self.has_second)

    def _crf(self, steps: int) -> Fraction:
        return self.settings.rung.crf + steps * _STEP

    def _size(self, crf: Fraction, workspace: Workspace) -> int:
        """Encode all samples at a CRF and return their bytes."""
        settings = replace(self.settings, rung=replace(self.settings.rung, crf=crf))
        total = 0
        for place, footage in enumerate(self.samples):
            self._trial(settings, footage).perform(replace(workspace, report=lambda _: None))
            total += sum(read_picture(workspace.folder / PIECE).sizes)
            workspace.report((place + 1) / len(self.samples))
        return total

    def _too_long(self) -> UsageError:
        rung = self.settings.rung
        return UsageError(
            what=f"{rung.name} cannot be kept under {rung.max_bytes} bytes.",
            where=f"renditions.{rung.name}",
            why=f"even at CRF {_COARSEST} the film's pictures are too large",
            hint=f"In babelreel.toml, raise renditions.{rung.name}.max_bytes or set its enabled = false.",
        )


def steps_needed(size: int, limit: int) -> int:
    """Estimate by how many half CRFs a picture must be coarser to come down to a limit; at least one."""
    steps, expected = 1, size * _SMALLER
    while expected > limit:
        steps, expected = steps + 1, expected * _SMALLER
    return steps
