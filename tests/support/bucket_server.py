"""A store that speaks S3, on this machine, for tests: SeaweedFS."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_KEY, _SECRET = "test", "testtest"


@contextmanager
def serve_bucket(
    folder: Path, *, makes_buckets: bool = True, run_in: Callable[[Sequence[str]], Sequence[str]] = list
) -> Iterator[Mapping[str, str]]:
    """Serve S3 on 127.0.0.1 with its data in a folder; gives the environment with which obstore finds it.

    With ``makes_buckets`` an upload makes its bucket, which Amazon's own does not. ``run_in`` makes of a command the
    one that is run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "s3.json"
    actions = ["Admin", "Read", "Write", "List"]
    identity = {"name": "tests", "credentials": [{"accessKey": _KEY, "secretKey": _SECRET}], "actions": actions}
    settings.write_text(json.dumps({"identities": [identity]}), "utf-8")
    ports = dict(zip(("master", "volume", "filer", "s3"), _free_ports(4), strict=True))
    words = [
        *(str(Path(sys.executable).with_name("weed")), "server", f"-dir={folder}", "-ip=127.0.0.1"),
        *("-ip.bind=127.0.0.1", "-master.telemetry=false", "-volume.max=20", "-master.volumeSizeLimitMB=64"),
        *(f"-{name}.port={port}" for name, port in ports.items()),
        *("-s3", f"-s3.config={settings}", "-s3.port.iceberg=0", "-s3.port.lance=0"),
        f"-s3.autoCreateBucket={str(makes_buckets).lower()}",
    ]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(run_in(words), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait_for(ports["s3"], process)
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3']}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": _KEY,
            "AWS_SECRET_ACCESS_KEY": _SECRET,
            "AWS_REGION": "us-east-1",
        }
    finally:
        process.kill()
        process.wait()


def _free_ports(count: int) -> list[int]:
    """Give ports that nobody uses now; SeaweedFS takes each one and, for gRPC, the one 10000 above it."""
    found: list[int] = []
    port = 20_000 + time.monotonic_ns() % 20_000
    while len(found) < count:
        port += 1
        if all(_is_free(each) for each in (port, port + 10_000)):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "SeaweedFS has ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("SeaweedFS does not answer")
