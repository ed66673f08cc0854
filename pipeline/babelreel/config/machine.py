"""Read this machine's own file: where its cluster and its shared store are.

It lies with the user's settings, not with a project: a volunteer's file must not send anybody's work elsewhere.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from babelreel.config.tables.section import Section
from babelreel.config.toml_file import describe_faults
from babelreel.errors import ConfigError
from babelreel.languages.tables import parse_settings, read_settings_text, why_unreadable
from babelreel.model.cluster import DEFAULT_WAIT_S, EngineKind, Machine, TlsFiles
from babelreel.regular_files import is_taken
from babelreel.system_errors import house_errors, why_of

NAME = "machine.toml"
#: What is said in the environment comes before the file.
SCHEDULER, STORE = "BABELREEL_SCHEDULER", "BABELREEL_STORE"


class StoreTable(Section):
    """Where results lie that several machines share."""

    url: str = Field("", description="s3://BUCKET/FOLDER, gs://, az://, or a folder that all machines see.")
    cache: str | None = Field(None, description="Where a worker keeps what it fetched.")
    cache_gb: float | None = Field(None, gt=0, description="How much of it.")


class EngineTable(Section):
    """Who does the work."""

    kind: Literal["local", "dask"] = Field("local", description="local, or dask.")
    scheduler: str = Field("", description="tls://HOST:8786.")
    tls_ca: str | None = Field(None, description="The certificate of the cluster's authority.")
    tls_cert: str | None = Field(None, description="This machine's certificate.")
    tls_key: str | None = Field(None, description="The key to it.")
    wait_s: int = Field(DEFAULT_WAIT_S, ge=1, le=86_400, description="How long a scheduler or a worker is waited for.")


class MachineFile(Section):
    """The file machine.toml."""

    store: StoreTable = Field(default_factory=StoreTable)
    engine: EngineTable = Field(default_factory=EngineTable)


def machine_file(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Find the place of the file, by the rules of the system."""
    if platform == "win32":
        base = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "babelreel" / NAME


def read_machine(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Machine:
    """Read this machine's file, where there is one, and what the environment says instead.

    Raises ``ConfigError`` with all faults of the file.
    """
    place = path or machine_file(environment)
    with house_errors(place):
        is_there = is_taken(place)
    file = _read(place) if is_there else MachineFile.model_validate({})
    store, engine = file.store, file.engine
    return Machine(
        store=environment.get(STORE) or store.url,
        cache=_path(store.cache),
        cache_gb=store.cache_gb,
        kind=EngineKind(engine.kind),
        scheduler=environment.get(SCHEDULER) or engine.scheduler,
        tls=TlsFiles(ca=_path(engine.tls_ca), cert=_path(engine.tls_cert), key=_path(engine.tls_key)),
        wait_s=engine.wait_s,
    )


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _read(path: Path) -> MachineFile:
    try:
        return MachineFile.model_validate(parse_settings(read_settings_text(path), float))
    except ValidationError as error:
        faults = describe_faults(error, MachineFile, {"store": StoreTable, "engine": EngineTable})
    except OSError as error:
        faults = [why_of(error)]
    except (ValueError, RecursionError) as error:
        faults = [why_unreadable(error)]
    raise ConfigError(
        what=f"{NAME} cannot be used.",
        where=str(path),
        faults=tuple(faults),
        hint="The keys of [store] are url, cache and cache_gb; of [engine] kind, scheduler, tls_ca, "
        "tls_cert, tls_key and wait_s.",
    )
