"""What does a refusal of a bucket's store mean, and can asking again help?

obstore tells some of its kinds in their text only. Nothing here imports it.
"""

from __future__ import annotations

import re

from babelreel.errors import MachineError

#: What is told where the bucket itself is absent.
NO_BUCKET = "There is no such bucket."
#: Answers that stay what they are: all of the client's faults but "too slow", "in conflict" and "too many at once".
_FINAL_STATUS = re.compile(r"status code: 4(?!08|09|25|29)\d\d")
#: How obstore tells what the system said of a shared folder.
_SYSTEM = "(os error "


def is_final(error: Exception) -> bool:
    """Tell whether the same request would get the same answer."""
    if isinstance(error, FileNotFoundError | NotImplementedError):
        return True
    text = str(error)
    return bool(_FINAL_STATUS.search(text)) or _SYSTEM in text or is_without_bucket(error) or _is_without_name(text)


def is_without_bucket(error: Exception) -> bool:
    """Tell "no such bucket" from "no such object": each cloud says it in the body of its answer."""
    return any(code in str(error) for code in ("NoSuchBucket", "ContainerNotFound", "bucket does not exist"))


def refused(error: Exception, address: str) -> MachineError:
    """Say in the house's words what a store refused to do."""
    what, hint = _described(error)
    return MachineError(what=what, where=address, why=_reason(error), hint=hint)


def without_secret(address: str) -> str:
    """Give an address without the name and password that may stand in it."""
    head, at, tail = address.rpartition("@")
    return f"…@{tail}" if at and head else address


def _described(error: Exception) -> tuple[str, str]:
    text = str(error)
    if isinstance(error, FileNotFoundError) or is_without_bucket(error):
        return NO_BUCKET, "Create the bucket, or correct its name."
    if "RequestTimeTooSkewed" in text:
        return "The store does not let us in: this machine's clock is wrong.", "Set the clock, then run it again."
    if any(code in text for code in ("403 Forbidden", "401 Unauthorized")):
        names = "AWS_..., GOOGLE_..., AZURE_..."
        return (
            "The store does not let us in.",
            f"See that the credentials in your environment ({names}) may read, write, list and delete there.",
        )
    return (
        "The store does not do what it was asked for.",
        "Look at the connection and the address of the store, then run the same command again.",
    )


def _is_without_name(text: str) -> bool:
    """Tell whether no machine has the name of the store."""
    return "dns error" in text and "Name or service not known" in text


def _reason(error: Exception) -> str:
    """Give what obstore says, without the addresses, bodies and chains of causes in it."""
    return str(error).split("\n", maxsplit=1)[0].split("<?xml", maxsplit=1)[0].strip()[:200]
