"""How do findings look to a person at a terminal?"""

from __future__ import annotations

from babelreel.report.findings_concise import render_findings_concise as render_findings

__all__ = ["render_findings"]
