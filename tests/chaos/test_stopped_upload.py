"""Does Ctrl-C end a build by a cluster while its film is on the way to the store?"""

from __future__ import annotations

import hashlib
import signal
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from support.bucket_server import serve_bucket
from support.cluster_builds import Building, environment, start
from support.clusters import cluster, needs_signals, wait_until
from support.flaky_proxy import Fault, flaky_proxy

#: Who does not wait for the upload ends in two seconds; the upload would be tried for five minutes.
SOON_S = 25


@needs_signals
def test_ctrl_c_waits_for_no_upload(house: Path, project: Path, tmp_path: Path) -> None:
    (film,) = (project / "video").iterdir()
    digest = hashlib.sha256(film.read_bytes()).hexdigest()
    with serve_bucket(tmp_path / "bucket") as bucket:
        port = urlsplit(bucket["AWS_ENDPOINT_URL"]).port
        assert port
        with flaky_proxy(port) as proxy:
            proxy.choose = lambda method, path: Fault.STALLED if method == "PUT" and digest in path else Fault.NONE
            endpoint = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{proxy.port}"}
            with cluster(
                tmp_path / "cluster", environment={**environment(house), **bucket, **endpoint}, store="s3://films/br"
            ) as machines:
                start(machines, "alder")
                building = Building(project, machines)
                wait_until(lambda: bool(proxy.done[Fault.STALLED]), "the film is on its way")
                building.process.send_signal(signal.SIGINT)
                try:
                    code = building.process.wait(SOON_S)
                except subprocess.TimeoutExpired:
                    building.process.kill()
                    code = -1
    assert code == 130, building.said
    assert "Stopped: " in building.said
