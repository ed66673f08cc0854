"""Name the libraries that, beside ffmpeg, decide the bytes of what is made from a film."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def own_libraries() -> str:
    """Name the versions of the libraries that decide what workers make.

    The rest is decided elsewhere: text is shaped where the work is planned, and drawn by ffmpeg; pages and leaflets are
    made there, too.
    """
    import av  # noqa: PLC0415 -- heavy: a build without workers needs no handshake

    avcodec = ".".join(map(str, av.library_versions["libavcodec"]))  # another build of the same version has another
    versions = {"PyAV": f"{av.__version__} with libavcodec {avcodec}"}
    versions |= {name: _version(name) for name in ("numpy", "ffmpeg-python", "langcodes", "language_data")}
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"
