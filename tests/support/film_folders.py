"""How do tests get several small films in folders side by side, one of them broken?"""

from __future__ import annotations

from pathlib import Path

from support.projects import AR, FR, make_project

#: One size, and neither streams nor leaflets.
QUICK = (
    "[delivery]\nleaflets = false\nstreams = false\n[renditions.web-720p]\nenabled = false\n"
    "[renditions.web-1080p]\nenabled = false\n"
)
RIGHTS, BROKEN, HEALTH = FILMS = ("films/rights", "films/broken", "films/health")
#: What the call of several films begins with.
ALL = tuple(word for film in FILMS for word in ("-C", film))


def make_films(root: Path) -> Path:
    """Lay out three films below a folder: rights in two languages, health in one, and one with a fault of settings."""
    settings = 'title = "Tes droits"\n[language.ar]\ntitle = "حقوقك"\n'
    make_project(root / RIGHTS, {"fr.srt": FR, "ar.srt": AR}, settings=settings + QUICK)
    make_project(root / BROKEN, settings='titel = "x"\n')
    settings = 'title = "Your health"\n[language.fr]\ntitle = "Ta santé"\n'
    make_project(root / HEALTH, {"fr.srt": FR}, settings=settings + QUICK)
    return root
