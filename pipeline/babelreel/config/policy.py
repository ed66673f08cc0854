"""Read the table ``[check]`` of babelreel.toml."""

from __future__ import annotations

from babelreel.config.schema import AllowTable, CheckTable
from babelreel.model.finding import Severity
from babelreel.model.policy import Allowance, CheckPolicy
from babelreel.model.reading_limits import Audience

#: The value of ``fail_on`` that is no severity.
NEVER = "never"
#: The values of ``fail_on``.
FAIL_ON = (*(each.value for each in Severity), NEVER)


def check_policy(table: CheckTable) -> CheckPolicy:
    """Make the policy that a table sets; which rules there are is not known here."""
    return CheckPolicy(
        select=tuple(table.select or ()),
        ignore=tuple(table.ignore or ()),
        ignore_in=tuple((pattern, tuple(selectors)) for pattern, selectors in table.ignore_in.items()),
        fail_on=severity_of(table.fail_on or Severity.ERROR.value),
        audience=Audience(table.audience or Audience.CHILDREN),
        allow=tuple(_allowance(each) for each in table.allow),
        names=tuple(table.names or ()),
    )


def severity_of(name: str) -> Severity | None:
    """Find the severity of a name; ``None`` for "never"."""
    return None if name == NEVER else Severity(name)


def _allowance(table: AllowTable) -> Allowance:
    return Allowance(
        rules=tuple(table.rules), file=table.file, reason=table.reason, cue=table.cue, text=table.text or ""
    )
