"""Every link between our pages leads somewhere, and every page leads to the words it uses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_LISTED = subprocess.run(
    ["git", "ls-files", "*.md"],
    cwd=ROOT,
    check=True,
    capture_output=True,
    encoding="utf-8",
).stdout
PAGES = [page for page in _LISTED.splitlines() if (ROOT / page).is_file() and not page.startswith("tests/")]


def prose(page: Path) -> str:
    """Return a page without its code."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Return what a link may name in a page: its headings, as GitHub writes them, and its own marks."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    written = (re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", each)).lower() for each in headings)
    return {each.strip().replace(" ", "-") for each in written} | set(re.findall(r'(?:id|name)="([^"]+)"', text))


@pytest.mark.parametrize("page", PAGES)
def test_every_link_between_pages_leads_somewhere(page: str) -> None:
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(ROOT / page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", [page for page in PAGES if re.fullmatch(r"docs/[^/]+\.md", page)])
def test_every_page_leads_to_the_glossary(page: str) -> None:
    assert page == "docs/glossary.md" or "(glossary.md)" in (ROOT / page).read_text("utf-8")


def test_the_first_page_leads_to_every_other_one() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    pages = {page for page in PAGES if re.fullmatch(r"docs/[^/]+\.md", page)}
    assert pages == {page for page in pages if f"({page})" in readme}
