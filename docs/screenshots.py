"""What do the pages look like? Takes pictures of a built ``output/`` for the README.

    python docs/screenshots.py output docs/pictures

Needs Chromium and the package playwright. The fonts that babelreel bundles take part, so that Chinese is drawn on a
machine without fonts for it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from support.range_server import serve_folder

#: Name of the picture, page, size of the window in CSS pixels, dark or light.
PICTURES = (
    ("page-fr", "fr/", (1280, 860), "light"),
    ("page-ar", "ar/", (390, 844), "light"),
    ("page-zh-Hans", "zh-Hans/", (390, 844), "dark"),
)
#: Where the film stands in the pictures, in seconds.
MOMENT = 4


def write_font_configuration(folder: Path) -> Path:
    """Write a fontconfig file that knows the system's fonts and the bundled ones."""
    bundled = files("babelreel.fonts")
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{bundled}</dir>'
        f"<cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )
    return path


def take_picture(browser: Browser, address: str, path: Path, size: tuple[int, int], scheme: str) -> None:
    """Open a page, go to the moment, and take what the window shows."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1,
    )
    page = context.new_page()
    page.goto(f"{address}#t={MOMENT}")
    page.wait_for_timeout(1500)  # the frame at that moment has to be decoded and drawn
    page.screenshot(path=path)
    context.close()


def main() -> int:
    """Take all pictures; 1 where there is no browser or no page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path, help="the folder that babelreel build has filled")
    parser.add_argument("pictures", type=Path, help="where the pictures go")
    arguments = parser.parse_args()
    program = shutil.which("chromium")
    if not program or not (arguments.output / "index.html").is_file():
        print("needs chromium, and an output folder with pages", file=sys.stderr)
        return 1
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, serve_folder(arguments.output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu"],  # it may run as root in a container
            env={**os.environ, "FONTCONFIG_FILE": str(write_font_configuration(Path(folder)))},
        )
        for name, page, size, scheme in PICTURES:
            if (arguments.output / page).is_dir():
                take_picture(browser, f"{address}{page}", arguments.pictures / f"{name}.png", size, scheme)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
