"""Make a connection of Dask's safe."""

from __future__ import annotations

import ssl

from distributed.security import Security

from babelreel.engines.reaching import DASK_TLS, papers_of, tls_context
from babelreel.errors import UsageError
from babelreel.model.cluster import TlsFiles


def security(address: str, tls: TlsFiles, *, role: str) -> tuple[Security | None, ssl.SSLContext | None]:
    """Return what makes a connection safe, for Dask and for us; what is not named is as Dask's settings have it.

    ``role`` is "client" or "worker", which have settings of their own there. Raises ``UsageError`` for what is missing
    or cannot be used.
    """
    if not address.startswith("tls:"):
        return None, None
    named = {"tls_ca_file": tls.ca, f"tls_{role}_cert": tls.cert, f"tls_{role}_key": tls.key}
    made = Security(require_encryption=True, **{name: str(path) for name, path in named.items() if path})
    known = made.get_tls_config_for_role(role)
    papers = papers_of(tls, known, role)
    if papers is None:
        raise UsageError(
            what="There is no certificate for a connection by tls://.",
            where=address,
            why="tls_cert is not set" if known["ca_file"] else "tls_ca is not set",
            hint=f"Name tls_ca, tls_cert and tls_key in machine.toml, or set {DASK_TLS}CA_FILE etc.",
        )
    if not any("\n" in (text or "") for text in known.values()):  # Dask takes a certificate itself for a path, too
        tls_context(papers)
    return made, made.get_connection_args(role)["ssl_context"]
