"""Compare the film of little data with the phones' own file without its text: bytes for the same VMAF.

    PYTHONPATH=pipeline:tests python benchmarks/little_data.py FOLDER CLIP... [--seconds 12] [--preset medium]

CLIP are films. Each is cut and encoded as a build does it, in cells: as ``phone-360p``, and as ``light-av1`` at several
CRFs. VMAF of every second frame is taken against the same cells in H.264 at CRF 1; the bytes of AV1 for the VMAF of
H.264 are read off between the CRFs. Pictures alone: the sounds have 64 and 32 kbit/s. Figures go to standard output.
"""

from __future__ import annotations

import argparse
import math
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from measuring import run

from babelreel.media.argv.inputs import render_pieces
from babelreel.media.containers.mp4_picture import read_picture
from babelreel.media.picture.footage import read_footage
from babelreel.media.picture.piece import PIECE, EncodePiece, PieceSettings
from babelreel.media.probe.film import probe_media
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_frame
from babelreel.model.film.ladder.little_data import LITTLE_DATA_RUNG
from support.films import ffmpeg_of_tests
from support.workplaces import work_in

PHONE = next(each for each in DEFAULT_RUNGS if each.name == "phone-360p")
NEARLY_LOSSLESS = replace(
    PHONE, name="reference", profile="high", crf=Fraction(1), peak_kbps=90_000, buffer_kbit=90_000
)
#: From finer than the phones' file to coarser.
CRFS = (24, 30, 36, 42, 48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The pictures of a clip at some settings: the list that joins them, their bytes, and VMAF."""

    pieces: Path
    size: int
    vmaf: float = 0.0


def encode(folder: Path, clip: Path, rung: Rung) -> Encoded:
    """Encode the cells of a clip at a rung."""
    film = probe_media(clip, digest="")
    if film.video is None:
        raise SystemExit(f"{clip} has no picture")
    frame = fit_frame(rung, film.video.display_width_px, film.video.display_height_px, film.video.rate)
    settings = PieceSettings(ffmpeg=ffmpeg_of_tests().identity, film=film, film_name=clip.name, rung=rung, frame=frame)
    cells = read_footage(clip, film, [frame.rate])[frame.rate]
    names = []
    for place, footage in enumerate(cells):
        work = folder / f"{rung.name}-{float(rung.crf):g}-{place}"
        work.mkdir(parents=True, exist_ok=True)
        (work / clip.name).unlink(missing_ok=True)
        (work / clip.name).symlink_to(clip)
        EncodePiece(settings=settings, footage=footage).perform(work_in(work))
        names.append(f"{work.name}/{PIECE}")
    listed = folder / f"{rung.name}-{float(rung.crf):g}.ffconcat"
    listed.write_text(render_pieces(names, [each.cell.frames for each in cells], frame.rate), "utf-8")
    return Encoded(pieces=listed, size=sum(sum(read_picture(folder / name).sizes) for name in names))


def judged(encoded: Encoded, reference: Encoded) -> Encoded:
    """Tell the VMAF of pictures."""
    joined = [word for each in (encoded, reference) for word in ("-f", "concat", "-safe", "0", "-i", str(each.pieces))]
    graph = "[0:v]settb=1/1000,setpts=N[d];[1:v]settb=1/1000,setpts=N[r];[d][r]libvmaf=n_threads=1:n_subsample=2"
    words = [str(ffmpeg_of_tests().path), "-hide_banner", "-nostdin", *joined, "-lavfi", graph, "-f", "null", "-"]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    (score,) = re.findall(r"VMAF score: ([\d.]+)", done.stderr)
    return replace(encoded, vmaf=float(score))


def bytes_at(vmaf: float, curve: Sequence[Encoded]) -> float:
    """Read off how many bytes a VMAF takes; the logarithm of bytes lies on a line between two CRFs."""
    by_vmaf = sorted(curve, key=lambda each: each.vmaf)
    below, above = next(
        ((low, high) for low, high in pairwise(by_vmaf) if low.vmaf <= vmaf <= high.vmaf), (by_vmaf[-2], by_vmaf[-1])
    )
    share = (vmaf - below.vmaf) / (above.vmaf - below.vmaf)
    return math.exp(math.log(below.size) + share * (math.log(above.size) - math.log(below.size)))


def main() -> None:
    """Compare all clips."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("clips", type=Path, nargs="+")
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--preset", default=LITTLE_DATA_RUNG.preset)
    options = parser.parse_args()
    print("| clip | H.264, bytes | VMAF | AV1, bytes | VMAF | AV1 for the VMAF of H.264 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for source in options.clips:
        folder = options.folder.resolve() / source.stem
        folder.mkdir(parents=True, exist_ok=True)
        clip = folder / "clip.mp4"
        words = ("-y", "-v", "error", "-i", source.resolve(), "-map", "0:v:0", "-t", str(options.seconds))
        shown = ("-vf", "scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1", "-c:v", "libx264", "-crf", "1", clip)
        run([ffmpeg_of_tests().path, *words, *shown], cwd=folder)
        reference, phone = (encode(folder, clip, rung) for rung in (NEARLY_LOSSLESS, PHONE))
        phone = judged(phone, reference)
        rung = replace(LITTLE_DATA_RUNG, preset=options.preset, peak_kbps=PHONE.peak_kbps)
        curve = [judged(encode(folder, clip, replace(rung, crf=Fraction(crf))), reference) for crf in CRFS]
        default = replace(LITTLE_DATA_RUNG, preset=options.preset)
        ours = judged(encode(folder / "default", clip, default), reference)
        share = bytes_at(phone.vmaf, curve) / phone.size
        print(
            f"| {source.name} | {phone.size} | {phone.vmaf:.1f} | {ours.size} ({ours.size / phone.size:.0%}) "
            f"| {ours.vmaf:.1f} | {share:.0%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
