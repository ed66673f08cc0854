"""Which words of our own stand on a leaflet?"""

from __future__ import annotations

from collections.abc import Mapping

#: What the code on the back leads to, said to one young reader.
WATCH: Mapping[str, str] = {
    "fr": "Regarde le film",
    "en": "Watch the film",
    "nl": "Bekijk de film",
    "de": "Sieh dir den Film an",
    "ar": "شاهد الفيلم",
    "vi": "Xem phim",
    "zh-Hans": "观看影片",
    "sq": "Shiko filmin",
    "ro": "Vezi filmul",
    "bg": "Гледай филма",
    "ps": "فلم وګوره",
    "fa": "فیلم را ببین",
    "pcm": "Watch di film",
}
