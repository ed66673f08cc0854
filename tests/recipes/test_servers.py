"""Do the servers of docs/web-team.md, configured as it says, show what was published as browsers and players need?"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from babelreel.app.serve import CONTENT_POLICY, TYPES
from support.recipes import check_server, copy_to_serve, free_port, program, recipe, running

#: Where others may show the pages is the web team's own decision.
POLICY = CONTENT_POLICY.removesuffix("; frame-ancestors 'self'")
_MODULES = ("mpm_event", "authz_core", "alias", "dir", "headers", "mime")


@pytest.fixture
def folder(output: Path) -> Iterator[Path]:
    """Give a folder that servers with users of their own may read, with the film in it."""
    with tempfile.TemporaryDirectory(prefix="babelreel-serve-") as found:
        yield copy_to_serve(output, Path(found))


def test_nginx_as_the_page_configures_it(folder: Path, output: Path) -> None:
    port = free_port()
    site = recipe("nginx").replace("listen 80;", f"listen 127.0.0.1:{port};").replace("root /srv;", f"root {folder};")
    user = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{site}}}\n"
    )
    with running([program("nginx"), "-p", str(folder), "-c", str(config)], port, folder / "log"):
        check_server(port, output, POLICY)


def test_apache_as_the_page_configures_it(folder: Path, output: Path) -> None:
    port = free_port()
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in _MODULES)
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    config = folder / "apache.conf"
    config.write_text(
        f'ServerRoot "{folder}"\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile "{folder}/pid"\n{modules}{user}'
        f'TypesConfig /dev/null\nErrorLog "{folder}/errors"\nDocumentRoot "{folder}"\n'
        f"{recipe('apache').replace('/srv/film', f'{folder}/film')}"
    )
    with running([program("apache2"), "-X", "-f", str(config)], port, folder / "log"):
        check_server(port, output, POLICY)


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_recipes_tell_every_type_that_is_published(name: str) -> None:
    text = recipe(name)
    for ending, kind in TYPES.items():
        mime, bare = kind.split(";")[0], ending.removeprefix(".")
        lines = [line for line in text.split("\n") if mime in line]
        assert any(bare in line.replace(".", " ").replace(";", " ").split() for line in lines), ending
