"""A worker of a Python that is to come; ``dask worker --preload`` loads this in place of babelreel's own."""

from __future__ import annotations

from babelreel.engines import handshake
from babelreel.engines.cluster_worker import dask_setup

__all__ = ["dask_setup"]

vars(handshake)["_PYTHON"] = "3.99"
