"""Who appears in the film."""

from __future__ import annotations

from looks import Look
from palette import (
    BLUE,
    CORAL,
    DEEP_TEAL,
    MUSTARD,
    NAVY,
    PLUM,
    SAGE,
    SKIN_BROWN,
    SKIN_DEEP,
    SKIN_LIGHT,
    SKIN_OLIVE,
    SKIN_TAN,
    STEEL,
    TEAL,
)  # fmt: skip

TEEN_HEIGHT, ADULT_HEIGHT = 452, 520

TEEN = Look(SKIN_BROWN, 0x241A1C, "curly", CORAL, 0x2E4468, adult=False, coat="hood", bag=MUSTARD)
TEEN_INSIDE = Look(SKIN_BROWN, 0x241A1C, "curly", CORAL, 0x2E4468, adult=False, coat="hood")
GIRL = Look(SKIN_OLIVE, 0x3A2622, "braids", SAGE, 0x51405F, adult=False, coat="hood")
PUPIL = Look(SKIN_LIGHT, 0x8A5A33, "short", BLUE, 0x3A4257, adult=False)
SCARF_GIRL = Look(SKIN_TAN, 0x8FB7C9, "scarf", PLUM, 0x3F3552, adult=False)
GUARDIAN = Look(SKIN_DEEP, 0x1D1718, "afro", TEAL, 0x37425E, coat="open")
OFFICER = Look(SKIN_LIGHT, 0x6B4226, "bun", STEEL, NAVY, coat="open", glasses=True)
CARER = Look(SKIN_TAN, 0x2A2020, "short", SAGE, 0x54495A, beard=True)
DOCTOR = Look(SKIN_OLIVE, 0x3A2A26, "bun", BLUE, 0x4A6A86, coat="doctor")
TEACHER = Look(SKIN_LIGHT, 0xA9703E, "long", PLUM, 0x3C3A55, coat="dress")
LAWYER = Look(SKIN_LIGHT, 0x9A9A9E, "bald", NAVY, 0x1B2440, coat="open", glasses=True, beard=True)
INTERPRETER = Look(SKIN_TAN, DEEP_TEAL, "scarf", MUSTARD, 0x5A4A3A, coat="dress")
CHILD = Look(SKIN_LIGHT, 0x5A3A26, "short", MUSTARD, 0x3F5A7A, adult=False, coat="hood")
WALKERS = (
    Look(SKIN_LIGHT, 0x6B4226, "long", PLUM, NAVY, coat="open"),
    Look(SKIN_DEEP, 0x1D1718, "short", DEEP_TEAL, 0x3A3F52),
    Look(SKIN_OLIVE, 0x33262A, "bun", BLUE, 0x59415C, coat="open"),
)
