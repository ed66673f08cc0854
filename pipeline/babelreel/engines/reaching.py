"""Find what keeps this machine from a scheduler: its certificates, its address, or who answers there.

Dask reports all of it as a time-out. Nothing here loads Dask.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from babelreel.errors import UsageError
from babelreel.model.cluster import TlsFiles
from babelreel.system_errors import why_of

#: How Dask's own settings of these files begin in the environment.
DASK_TLS = "DASK_DISTRIBUTED__COMM__TLS__"
#: The port of a scheduler where its address names none; Dask's own.
_PORT = 8786
#: A scheduler that is there answers in milliseconds.
_ANSWER_S = 2
#: A scheduler without TLS says this of itself before it is asked.
_GREETING = b"pickle-protocol"
#: Its greeting is shorter than this, in bytes.
_MOST_LOOKED_AT = 4096
#: The first byte of what a side says that speaks TLS: of its handshake, or of its alarm.
_TLS_RECORDS = (0x16, 0x15)
_UNKNOWN_NAMES = frozenset(getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name))
#: What OpenSSL calls a certificate that is not valid now.
_EXPIRED, _NOT_YET_VALID = 10, 9


class _Side(Enum):
    """Who answers at an address."""

    NOBODY = auto()
    TLS = auto()
    PLAIN = auto()
    """A scheduler without TLS."""
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFile:
    """A file that a connection needs, and the setting that named it."""

    path: str
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What this machine shows to a cluster, and knows it by; the key may be in the certificate's file."""

    ca: TlsFile
    cert: TlsFile
    key: TlsFile | None


def papers_of(
    tls: TlsFiles, dask: Mapping[str, str | None] = MappingProxyType({}), role: str = "client"
) -> Papers | None:
    """Return the files that machine.toml names, or else Dask's settings for a role; ``None`` if some are not named."""
    ca = _file("tls_ca", tls.ca, "CA_FILE", dask.get("ca_file"))
    cert = _file("tls_cert", tls.cert, f"{role.upper()}__CERT", dask.get("cert"))
    key = _file("tls_key", tls.key, f"{role.upper()}__KEY", dask.get("key"))
    return Papers(ca=ca, cert=cert, key=key) if ca and cert else None


def _file(name: str, path: Path | None, dask_name: str, dask_path: str | None) -> TlsFile | None:
    if path:
        return TlsFile(path=str(path), setting=f"{name} in machine.toml")
    return TlsFile(path=dask_path, setting=f"{DASK_TLS}{dask_name}") if dask_path else None


def tls_context(papers: Papers) -> ssl.SSLContext:
    """Read the files of a connection, as Dask will; raises ``UsageError`` that names the setting at fault."""
    context = _knowing(papers.ca)
    _knowing(papers.cert)  # only to see that there is a certificate in it
    key = papers.key or papers.cert
    _refuse_unreadable(key)
    try:
        context.load_cert_chain(papers.cert.path, key.path, password=_no_password)
    except _LockedKeyError as error:
        raise _unusable(key, "the key has a password, which nobody can type on every machine") from error
    except ssl.SSLError as error:
        is_another = error.reason == "KEY_VALUES_MISMATCH"
        why = f"it is not the key to {papers.cert.path}" if is_another else "it holds no key in PEM form"
        raise _unusable(key, why) from error
    return context


def _knowing(file: TlsFile) -> ssl.SSLContext:
    """Make what knows the certificates of a file, and no others."""
    _refuse_unreadable(file)
    try:
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=file.path)
    except ssl.SSLError as error:
        raise _unusable(file, "it holds no certificate in PEM form") from error
    context.check_hostname = False  # the authority is the cluster's own, and admits whom it signed
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def _refuse_unreadable(file: TlsFile) -> None:
    try:
        with open(file.path, "rb"):  # noqa: PTH123 -- as OpenSSL will, the name as it stands
            pass
    except OSError as error:
        raise _unusable(file, why_of(error)) from error


class _LockedKeyError(Exception):
    """OpenSSL asks for a password."""


def _no_password() -> str:
    raise _LockedKeyError


def _unusable(file: TlsFile, why: str) -> UsageError:
    return UsageError(
        what=f"A file for tls:// cannot be used: {file.setting}.",
        where=file.path,
        why=why,
        hint=f"Correct {file.setting}; docs/cluster.md shows how the files are made.",
    )


def why_unreachable(address: str, context: ssl.SSLContext | None) -> str:
    """Say what keeps this machine from a scheduler; empty if nothing seems to.

    ``context`` is that of ``tls://``. Raises ``UsageError`` for what waiting does not change.
    """
    parts = urlsplit(address)
    place = parts.hostname or "", parts.port or _PORT
    try:
        side = _who_answers(place, speaks_tls=context is not None)
    except socket.gaierror as error:
        if error.errno not in _UNKNOWN_NAMES:
            return str(error.strerror)
        raise _misdirected("No machine has the name of this scheduler.", address, str(error.strerror)) from error
    except UnicodeError as error:
        raise _misdirected("No machine has the name of this scheduler.", address) from error
    except TimeoutError:
        return "nothing answers at that address"
    except OSError as error:
        return f"nobody listens there: {error.strerror}" if error.errno == errno.ECONNREFUSED else str(error.strerror)
    if side is _Side.NOBODY:
        return "something listens there, and says nothing"
    if side is _Side.OTHER:
        raise _misdirected("What answers at this address is no scheduler of Dask.", address)
    if side is _Side.PLAIN and context:
        raise UsageError(
            what="The scheduler at this address does not use TLS.",
            where=address,
            hint="Start it with certificates, as docs/cluster.md shows (dask scheduler --protocol tls ...).",
        )
    if side is _Side.TLS and not context:
        raise UsageError(
            what="The scheduler at this address uses TLS.",
            where=address,
            hint="Write tls:// and name tls_ca, tls_cert and tls_key in machine.toml, as docs/cluster.md shows.",
        )
    return _refuse_strangers(address, place, context) if context and side is _Side.TLS else ""


def _misdirected(what: str, address: str, why: str = "") -> UsageError:
    return UsageError(
        what=what,
        where=address,
        why=why,
        hint="Correct the host and port in --scheduler, $BABELREEL_SCHEDULER or machine.toml.",
    )


def _who_answers(place: tuple[str, int], *, speaks_tls: bool) -> _Side:
    """Look at what comes back from an address; raises ``OSError`` where nobody listens.

    Without TLS, the other side should greet first; if it says nothing, TLS is tried.
    """
    with socket.create_connection(place, timeout=_ANSWER_S) as line:
        answer = b"" if speaks_tls else _heard(line)
        if not answer:
            with suppress(OSError):  # it has hung up
                line.sendall(_first_words_of_tls())
            answer = _heard(line)
    if not answer:
        return _Side.NOBODY
    if answer[0] in _TLS_RECORDS:
        return _Side.TLS
    return _Side.PLAIN if _GREETING in answer else _Side.OTHER


def _heard(line: socket.socket) -> bytes:
    """Read what the other side says first, as far as one has to know it."""
    heard = b""
    with suppress(OSError):
        while _GREETING not in heard and len(heard) < _MOST_LOOKED_AT:
            more = line.recv(_MOST_LOOKED_AT)
            heard += more
            if not more or heard[0] in _TLS_RECORDS:
                break
    return heard


def _first_words_of_tls() -> bytes:
    said = ssl.MemoryBIO()
    context = ssl.create_default_context()
    context.check_hostname = False
    with suppress(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), said).do_handshake()
    return said.read()


def _refuse_strangers(address: str, place: tuple[str, int], context: ssl.SSLContext) -> str:
    """Check that both sides of a connection trust the other's certificate."""
    try:
        with socket.create_connection(place, timeout=_ANSWER_S) as line, context.wrap_socket(line) as tls:
            tls.recv(1)  # what the other side thinks of ours comes after the handshake
    except ssl.SSLCertVerificationError as error:
        is_of_time = error.verify_code in {_EXPIRED, _NOT_YET_VALID}
        raise UsageError(
            what="The scheduler's certificate is not valid now."
            if is_of_time
            else "The scheduler's certificate is not one of this cluster's authority (tls_ca).",
            where=address,
            why=error.verify_message,
            hint="Make a new one, or set this machine's clock."
            if is_of_time
            else "Give all machines the same authority.pem and certificates signed by it, as docs/cluster.md shows.",
        ) from error
    except ssl.SSLError as error:
        raise UsageError(
            what="The scheduler does not accept this machine's certificate (tls_cert).",
            where=address,
            why=(error.reason or "").lower().replace("_", " "),
            hint="Use a certificate that the cluster's authority signed and that is valid now; see docs/cluster.md.",
        ) from error
    except OSError as error:
        return error.strerror or "the connection was lost"
    return ""
