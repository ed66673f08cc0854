"""A thin drawing layer over skia, and the easing curves of the film."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import skia

WIDTH, HEIGHT = 1920, 1080

Point = tuple[float, float]
Paint = skia.Paint


def ease(t: float, start: float = 0.0, end: float = 1.0) -> float:
    """A smooth step from 0 at ``start`` to 1 at ``end``."""
    x = min(1.0, max(0.0, (t - start) / (end - start)))
    return x * x * x * (x * (6 * x - 15) + 10)


def ease_out(t: float, start: float = 0.0, end: float = 1.0) -> float:
    """From 0 to 1, fast first and then slower and slower."""
    x = min(1.0, max(0.0, (t - start) / (end - start)))
    return 1 - (1 - x) ** 3


def wave(t: float, period: float, shift: float = 0.0) -> float:
    """A sine between -1 and 1."""
    return math.sin(2 * math.pi * (t / period + shift))


def mix(a: float, b: float, share: float) -> float:
    """The number ``share`` of the way from ``a`` to ``b``."""
    return a + (b - a) * share


def argb(colour: int, alpha: float = 1.0) -> int:
    """A skia colour."""
    return (round(255 * min(1.0, max(0.0, alpha))) << 24) | colour


def smooth_path(points: Sequence[Point], closed: bool = True) -> skia.Path:
    """A curve which runs softly through ``points`` (Catmull-Rom)."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1 = points[max(0, i - 1)], points[i]
            p2, p3 = points[i + 1], points[min(count - 1, i + 2)]
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6,
            p2[0], p2[1],
        )  # fmt: skip
    if closed:
        path.close()
    return path


def box_path(x: float, y: float, w: float, h: float, r: float = 0) -> skia.Path:
    """A rectangle as a path, for clipping."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), r, r)
    return path


class Art:
    """One picture being drawn; all methods take plain numbers."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.surface = skia.Surface(width, height)
        self.skia = self.surface.getCanvas()
        self.skia.scale(width / WIDTH, height / HEIGHT)

    def pixels(self) -> np.ndarray:
        """The picture as height x width x BGRA bytes."""
        return self.surface.toarray(colorType=skia.kBGRA_8888_ColorType)

    @contextmanager
    def moved(
        self, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False
    ) -> Iterator[None]:
        """Draw moved to (x, y), scaled, turned by degrees, mirrored."""
        self.skia.save()
        self.skia.translate(x, y)
        self.skia.rotate(turn)
        self.skia.scale(-scale if flip else scale, scale)
        yield
        self.skia.restore()

    @contextmanager
    def camera(self, zoom: float = 1, x: float = 960, y: float = 540) -> Iterator[None]:
        """Draw with the camera ``zoom`` times nearer, looking at (x, y)."""
        self.skia.save()
        self.skia.translate(960, 540)
        self.skia.scale(zoom, zoom)
        self.skia.translate(-x, -y)
        yield
        self.skia.restore()

    @contextmanager
    def clipped(self, path: skia.Path) -> Iterator[None]:
        """Draw only inside ``path``."""
        self.skia.save()
        self.skia.clipPath(path, doAntiAlias=True)
        yield
        self.skia.restore()

    @contextmanager
    def faded(self, alpha: float) -> Iterator[None]:
        """Draw everything inside with one common opacity."""
        self.skia.saveLayerAlpha(None, round(255 * min(1.0, max(0.0, alpha))))
        yield
        self.skia.restore()

    def paint(self, colour: int, alpha: float = 1.0) -> Paint:
        """A filling paint."""
        return Paint(Color=argb(colour, alpha), AntiAlias=True)

    def pen(self, colour: int, width: float, alpha: float = 1.0) -> Paint:
        """A round stroking paint."""
        return Paint(
            Color=argb(colour, alpha), AntiAlias=True, Style=Paint.kStroke_Style,
            StrokeWidth=width, StrokeCap=Paint.kRound_Cap, StrokeJoin=Paint.kRound_Join,
        )  # fmt: skip

    def rect(self, x: float, y: float, w: float, h: float, colour: int, r: float = 0,
             alpha: float = 1.0) -> None:  # fmt: skip
        """A rectangle with corners of radius ``r``."""
        self.skia.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), r, r, self.paint(colour, alpha))

    def gradient(self, x: float, y: float, w: float, h: float, top: int, bottom: int,
                 r: float = 0, alpha: float = 1.0) -> None:  # fmt: skip
        """A rectangle shaded from ``top`` to ``bottom``."""
        paint = Paint(AntiAlias=True, Dither=True)
        colours = [argb(top, alpha), argb(bottom, alpha)]
        paint.setShader(skia.GradientShader.MakeLinear([(x, y), (x, y + h)], colours))
        self.skia.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), r, r, paint)

    def circle(self, x: float, y: float, r: float, colour: int, alpha: float = 1.0) -> None:
        """A disc."""
        self.skia.drawCircle(x, y, r, self.paint(colour, alpha))

    def oval(self, x: float, y: float, rx: float, ry: float, colour: int,
             alpha: float = 1.0) -> None:  # fmt: skip
        """An ellipse about (x, y)."""
        self.skia.drawOval(skia.Rect(x - rx, y - ry, x + rx, y + ry), self.paint(colour, alpha))

    def heart(self, colour: int) -> None:
        """A heart about (0, 0), 120 wide."""
        path = skia.Path()
        path.moveTo(0, 60)
        path.cubicTo(-105, -12, -52, -88, 0, -34)
        path.cubicTo(52, -88, 105, -12, 0, 60)
        self.fill(path, colour)

    def glow(self, x: float, y: float, r: float, colour: int, alpha: float = 0.5,
             flat: float = 1.0) -> None:  # fmt: skip
        """A soft spot which fades to nothing; ``flat`` squeezes its height."""
        paint = Paint(AntiAlias=True, Dither=True)
        colours = [argb(colour, alpha), argb(colour, alpha * 0.45), argb(colour, 0.0)]
        paint.setShader(skia.GradientShader.MakeRadial((0, 0), r, colours, [0, 0.5, 1]))
        self.skia.save()
        self.skia.translate(x, y)
        self.skia.scale(1, flat)
        self.skia.drawCircle(0, 0, r, paint)
        self.skia.restore()

    def shadow(self, x: float, y: float, r: float, alpha: float = 0.28) -> None:
        """A soft shadow lying on the ground."""
        self.glow(x, y, r, 0x14233A, alpha, 0.16)

    def fill(self, points: Sequence[Point] | skia.Path, colour: int, alpha: float = 1.0) -> None:
        """A filled polygon or path."""
        path = points if isinstance(points, skia.Path) else skia.Path.Polygon(list(points), True)
        self.skia.drawPath(path, self.paint(colour, alpha))

    def blob(self, points: Sequence[Point], colour: int, alpha: float = 1.0) -> None:
        """A filled soft shape through ``points``."""
        self.fill(smooth_path(points), colour, alpha)

    def line(self, points: Sequence[Point], colour: int, width: float,
             alpha: float = 1.0) -> None:  # fmt: skip
        """Straight strokes through ``points``."""
        path = skia.Path.Polygon(list(points), False)
        self.skia.drawPath(path, self.pen(colour, width, alpha))

    def curve(self, points: Sequence[Point], colour: int, width: float,
              alpha: float = 1.0) -> None:  # fmt: skip
        """A soft stroke through ``points``."""
        self.skia.drawPath(smooth_path(points, False), self.pen(colour, width, alpha))

    def arc(self, x: float, y: float, r: float, start: float, sweep: float, colour: int,
            width: float, alpha: float = 1.0) -> None:  # fmt: skip
        """A part of a circle, angles in degrees."""
        box = skia.Rect(x - r, y - r, x + r, y + r)
        self.skia.drawArc(box, start, sweep, False, self.pen(colour, width, alpha))
