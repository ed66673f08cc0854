"""Say why nothing is made of a file in the folder of subtitles, and what would help."""

from __future__ import annotations

from pathlib import Path

_SAVE_AS = "open it in a subtitle editor (Subtitle Edit, Aegisub), and save it as .srt"
_TEXT = "it is a text document without times: to make subtitles of it, use a subtitle editor, and save them as .srt"
_TABLE = "it is a table, not a subtitle file: to make subtitles of it, use a subtitle editor, and save them as .srt"
_PICTURES = "it holds pictures of text, and no text: ask for the subtitles as text, or have them typed"
_EDITOR = "it is a copy that another program keeps for itself, and it is not read"

#: By ending.
_REASONS = {
    **dict.fromkeys(("doc", "docx", "odt", "rtf", "pdf", "pages", "txt", "md", "html", "htm"), _TEXT),
    **dict.fromkeys(("xls", "xlsx", "ods", "csv", "tsv", "numbers"), _TABLE),
    **dict.fromkeys(("idx", "sup", "son"), _PICTURES),
    **dict.fromkeys(("bak", "tmp", "swp", "orig", "part", "crdownload"), _EDITOR),
    **dict.fromkeys(
        (
            "smi",
            "sami",
            "scc",
            "mcc",
            "cap",
            "pac",
            "lrc",
            "usf",
            "ttxt",
            "rt",
            "psb",
            "jss",
            "aqt",
            "890",
            "ult",
            "sbt",
        ),
        f"babelreel does not read this subtitle format: {_SAVE_AS}",
    ),
    "json": f"it holds no transcript of YouTube (json3) or of Whisper; if it is one of another program, {_SAVE_AS}",
    "xml": f"it holds no TTML; if it is another subtitle format, {_SAVE_AS}",
}


def why_unused(path: Path) -> str:
    """Say what a file is, as far as its name shows, and how it could become of use."""
    if path.name.startswith("~$") or path.name.endswith("~"):
        return _EDITOR
    ending = path.suffix.lower().removeprefix(".")
    return _REASONS.get(ending) or f"it is not a subtitle file; if it holds subtitles, {_SAVE_AS}"
