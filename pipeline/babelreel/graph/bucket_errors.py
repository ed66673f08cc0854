"""Say what a refusal of a bucket's store means, and whether asking again can help.

obstore reports much in its text only: the answer's body, and below it the chain of causes. Nothing here imports it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from babelreel.errors import BabelreelError, MachineError
from babelreel.graph.bucket_address import is_bucket
from babelreel.system_errors import as_house_error


class NoBucketError(MachineError):
    """The bucket itself is absent."""


#: Answers that stay what they are: all of the client's faults but "too slow", "in conflict" and "too many at once".
_FINAL_STATUS = re.compile(r"status code: 4(?!08|09|25|29)\d\d")
#: How obstore reports what the system said of a file.
_SYSTEM = re.compile(r"\(os error (\d+)\)")
#: Where obstore asks for the rights of the machine itself, when the environment holds no credentials.
_MACHINE_ROLE = ("/latest/api/token", "/latest/meta-data", "/computeMetadata/", "/metadata/identity")
_ELSEWHERE = ("PermanentRedirect", "AuthorizationHeaderMalformed", "redirect without LOCATION", "IllegalLocation")
_REGION = re.compile(r"<Region>([a-z0-9-]+)</Region>|expecting '?([a-z0-9-]+)'?")
_EXPIRED = ("ExpiredToken", "TokenRefreshRequired", "token has expired", "Signature not valid in the specified time")
#: An answer that no store sends, but a web server or a portal does.
_NO_STORE = ("ETag Header missing", "Got invalid XML", "Got invalid list response", "Last-Modified Header missing")
#: A server that is asked by https and does not speak it, and the reverse.
_NO_TLS = ("InvalidContentType", "CorruptMessage")
#: What obstore says of credentials that it cannot read.
_UNUSABLE = ("Invalid Access Key", "Unable to open service account", "Unable to decode service account", "private key")
_LOCKED_OUT = "The store does not let us in"
_NAMES = {
    "s3": "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and for keys of some hours AWS_SESSION_TOKEN",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS, the path of a service account's file",
    "az": "AZURE_STORAGE_ACCOUNT_NAME, and AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_TOKEN",
}
#: What obstore's own words begin with, up to what went wrong: the request, with its address and its tries.
_REQUEST = re.compile(r"Error performing .*?(?: - |$)")
_CAUSE = re.compile(r'message: "([^"]+)"|(?:failed to lookup address information: )([^"]+)')


def is_final(error: Exception) -> bool:
    """Tell whether the same request would get the same answer."""
    if isinstance(error, FileNotFoundError | NotImplementedError):
        return True
    text = str(error)
    return (
        bool(_FINAL_STATUS.search(text) or _SYSTEM.search(text))
        or is_without_bucket(error)
        or _is_without_name(text)
        or _has(text, (*_ELSEWHERE, *_NO_STORE, *_NO_TLS, *_EXPIRED))
    )


def is_without_bucket(error: Exception) -> bool:
    """Tell "no such bucket" from "no such object": each cloud says it in the body of its answer."""
    return any(code in str(error) for code in ("NoSuchBucket", "ContainerNotFound", "bucket does not exist"))


def refused(error: Exception, address: str) -> BabelreelError:
    """Describe in babelreel's own words what a store refused to do."""
    text = str(error)
    if not is_bucket(address):
        number = _SYSTEM.search(text)
        code = int(number[1]) if number else 0
        told = OSError(code, os.strerror(code)) if code else OSError(_reason(text))
        return as_house_error(told, Path(address))
    if isinstance(error, FileNotFoundError) or is_without_bucket(error):
        return NoBucketError(
            what="There is no such bucket.",
            where=address,
            why=_reason(text),
            hint="Create the bucket, or correct its name.",
        )
    what, hint = _described(text, address.partition(":")[0].lower())
    return MachineError(what=what, where=address, why=_reason(text), hint=hint)


def _described(text: str, scheme: str) -> tuple[str, str]:
    """Say what went wrong, and what to do."""
    names = _NAMES.get(scheme, "the credentials")
    endpoint = " and of AWS_ENDPOINT_URL" if scheme == "s3" else ""
    found = _REGION.search(text)
    region = f", {found[1] or found[2]}" if found else ""
    first = text.split("\n", maxsplit=1)[0]
    for is_it, what, hint in (
        (
            "RequestTimeTooSkewed" in text,
            f"{_LOCKED_OUT}: this machine's clock is wrong.",
            "Set the clock, then run it again.",
        ),
        (
            _has(text, _MACHINE_ROLE) or "Missing" in first or "Account must be specified" in first,
            "There are no credentials for the store.",
            f"Set {names}, or give this machine a role of the cloud.",
        ),
        (_has(text, _EXPIRED), "The credentials for the store have expired.", f"Get new ones, and set {names}."),
        (_has(first, _UNUSABLE), "The credentials for the store cannot be used.", f"Correct {names}."),
        (
            _has(text, _ELSEWHERE),
            "The bucket lies in another region.",
            f"Set AWS_REGION in the environment to that region{region}.",
        ),
        (
            _has(text, ("403 Forbidden", "401 Unauthorized")),
            f"{_LOCKED_OUT}.",
            f"See that {names} are right, and that they may read, write, list and delete there.",
        ),
        (
            _has(text, _NO_STORE),
            "What answers is no store of this kind.",
            f"Correct the address of the store{endpoint}.",
        ),
        (
            _has(text, _NO_TLS),
            "The store is asked by https:// and does not speak it.",
            f"Correct the address of the store{endpoint}.",
        ),
        (
            _is_without_name(text),
            "No machine has the name of the store.",
            f"Correct the address of the store{endpoint}.",
        ),
        (
            "error sending request" in text,
            "The store does not answer.",
            f"Look at the connection, and at the address of the store{endpoint}.",
        ),
    ):
        if is_it:
            return what, hint
    return (
        "The store does not do what it was asked for.",
        "Look at the connection and the address of the store, then run the same command again.",
    )


def _has(text: str, marks: tuple[str, ...]) -> bool:
    return any(each in text for each in marks)


def _is_without_name(text: str) -> bool:
    """Tell whether no machine has the name of the store."""
    return "dns error" in text and "Name or service not known" in text


def _reason(text: str) -> str:
    """Return what obstore says, without the request, which may hold a secret, and without bodies of answers."""
    first = text.split("\n", maxsplit=1)[0].split("<?xml", maxsplit=1)[0]
    said = re.sub(r"^Generic \w+ error: ", "", _REQUEST.sub("", first)).strip(" :")
    causes = [first or second for first, second in _CAUSE.findall(text)]
    return f"{said}: {causes[-1]}"[:200] if causes and causes[-1] not in said else said[:200]
