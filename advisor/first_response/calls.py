"""Whom to telephone in an incident: those who answer by telephone, in the playbook's order."""

from advisor.exchange import Phrase, Value
from knowledge.documents import Contact, Playbook
from knowledge.library import Library

AT_ONCE = 2
# Answers anybody who doesn't know whom to ask; it has a number where a bank's stands on its own papers.
ANYBODY = "contact/police-9110"


def phones(playbook: Playbook, library: Library) -> list[Contact]:
    """The first two that take a call; one of them has a number."""
    called = [library.get_as(Contact, ref) for ref in playbook.call_first]
    first = [one for one in called if one.by_phone][:AT_ONCE]
    numbered = any(one.phone for one in first)
    return first if numbered else [*first[: AT_ONCE - 1], library.get_as(Contact, ANYBODY)]


def call(contact: Contact) -> Phrase:
    """Its number and hours, or where its number stands."""
    values: dict[str, Value] = {"title": contact.title}
    if contact.phone is None:
        return Phrase("call", values | {"where": _first(contact.how or "")})
    hours = _first(contact.hours or "")
    return Phrase(
        "call_number",
        values | {"phone": contact.phone, "hours": Phrase("call_hours", {"hours": hours}) if hours else ""},
    )


def _first(text: str) -> str:
    """Up to the first aside or the end of the first sentence."""
    return text.split("。", maxsplit=1)[0].split("（", maxsplit=1)[0]
