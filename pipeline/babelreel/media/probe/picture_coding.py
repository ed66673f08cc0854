"""Read from a picture's packets when its size may change, and whether it may have fields or captions.

Nothing is decoded: of a film of hours, only the heads of its key frames are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from babelreel.media.containers.coded_fields import may_have_fields
from babelreel.media.containers.coded_units import announced_size
from babelreel.model.film.media import Fields

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame

#: Codecs whose pictures may carry captions (CEA-608 and 708).
_WITH_CAPTIONS = frozenset({"h264", "hevc", "mpeg1video", "mpeg2video", "av1"})
#: ATSC A/53; then, in MPEG-2 alone, those of DVDs, of SCTE 20 and of DISH.
_CAPTIONS = b"GA94\x03"
_MPEG_CAPTIONS = tuple(b"\x00\x00\x01\xb2" + head for head in (b"CC\x01\xf8", b"\x03\x01", b"\x03\x81", b"\x05\x02"))
#: What begins a colour profile (ICC) in the pictures of still cameras and of drawing programs.
_PROFILES = {"mjpeg": b"ICC_PROFILE\x00", "png": b"iCCP"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a key frame announces of the picture's size and form, from its timestamp (in ticks) on."""

    tick: int
    content: bytes


class PictureCoding:
    """What was seen of a picture so far.

    ``changes`` are the key frames that announce something else than the one before.
    """

    def __init__(self, codec: str, extradata: bytes) -> None:
        self.changes: list[Announcement] = []
        self.has_captions = False
        self.has_colour_profile = False
        self.may_have_fields = may_have_fields(codec, extradata, b"")
        self._codec = codec
        self._extradata = extradata
        self._announced: bytes | None = None

    def see(self, packet: Packet[Stream], tick: int) -> None:
        """Look at the next packet of the picture, whose frame is shown at a timestamp."""
        may_have_captions = self._codec in _WITH_CAPTIONS and not self.has_captions
        if not (packet.is_keyframe or may_have_captions):
            return
        content = bytes(packet)
        self.has_captions = self.has_captions or (may_have_captions and _has_captions(self._codec, content))
        if packet.is_keyframe:
            self._see_key(packet, content, tick)

    def _see_key(self, packet: Packet[Stream], content: bytes, tick: int) -> None:
        if self._codec in _PROFILES and not self.has_colour_profile:
            self.has_colour_profile = _PROFILES[self._codec] in content
        self.may_have_fields = self.may_have_fields or may_have_fields(self._codec, self._extradata, content)
        announced = announced_size(self._codec, self._extradata, content)
        if packet.has_sidedata("new_extradata"):  # a film of several parts in one MP4
            announced += bytes(packet.get_sidedata("new_extradata"))
        if self._announced is None:
            self._announced = announced
        elif announced and announced != self._announced:
            self.changes.append(Announcement(tick=tick, content=sha256(announced).digest()))
            self._announced = announced

    def fields(self, first: VideoFrame) -> Fields:
        """Tell whether frames are interlaced, by the first one and by what was seen."""
        if first.interlaced_frame:
            return Fields.ALL
        return Fields.SOME if self.may_have_fields else Fields.NONE

    @property
    def has_field_packets(self) -> bool:
        """Tell whether packets may be single fields of which a decoder makes frames."""
        return self._codec == "h264" and self.may_have_fields

    def is_single_field(self, first: VideoFrame) -> bool:
        """Tell whether decoded pictures are fields, not frames: HEVC codes interlaced films only field after field."""
        return self._codec == "hevc" and first.interlaced_frame


def _has_captions(codec: str, content: bytes) -> bool:
    return _CAPTIONS in content or (codec.startswith("mpeg") and any(head in content for head in _MPEG_CAPTIONS))
