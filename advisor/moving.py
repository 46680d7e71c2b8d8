"""What goes along when an owner goes on at another door: the company and the self-checks."""

from typing import Any

from advisor.state import State


def moved(there: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    """The state of the conversation at the new door, ``here``, with what was known at the old, ``there``.

    What was said at the old door counts; where nothing was, what is known here stays.
    """
    old, new = State.model_validate(there), State.model_validate(here)
    company = new.company.model_copy(update=old.company.model_dump(exclude_defaults=True))
    along = {"company": company, "check": old.check or new.check, "checks": old.checks or new.checks}
    return new.model_copy(update=along).model_dump(mode="json", exclude_none=True)
