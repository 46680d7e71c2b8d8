"""One turn, in and out: Rasa's tracker becomes a question, an answer becomes what Rasa utters."""

import json
from dataclasses import asdict
from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import papers, wording
from advisor.clock import today
from advisor.exchange import Answer, Desk, Members, Offer, Phrase, Question, Result
from advisor.reading import label
from advisor.state import State
from advisor.subsidy_match import is_candidate
from advisor.topics import INTENT_FOR
from knowledge.documents import Record, Subsidy
from knowledge.logs import where

log = structlog.get_logger()

# An answer longer than this is not read on a phone; then nothing is repeated back.
LONGEST = 300
MOST_CHOICES = 6


def questions(tracker: Tracker) -> list[Question]:
    """What was understood, with the state the gateway sent along: one question, seldom two."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    state = State.model_validate(metadata.get("state") or {})
    return [_question(part, state, metadata) for part in message.get("questions") or [message]]


def _question(understood: dict[str, Any], state: State, metadata: dict[str, Any]) -> Question:
    offered = metadata.get("offered") or {}
    members, desk = metadata.get("members"), metadata.get("desk") or {}
    entities: dict[str, list[str]] = {}
    for entity in understood.get("entities", []):
        entities.setdefault(entity["entity"], []).append(str(entity["value"]))
    return Question(
        text=understood.get("picked") or understood.get("text") or "",
        intent=understood.get("intent", {}).get("name") or "",
        entities=entities,
        state=state,
        today=today(),
        ranking=[(i["name"], float(i["confidence"])) for i in understood.get("intent_ranking", [])],
        listed=[Offer(**offer) for offer in offered.get("listed") or []],
        choices=[Offer(**offer) for offer in offered.get("choices") or []],
        members=Members(**members) if members else None,
        desk=Desk(is_open=bool(desk.get("open"))) if desk.get("there") else None,
    )


def utter(dispatcher: CollectingDispatcher, answer: Answer, question: Question | None = None) -> None:
    """The answer as one response by name, its values, and the part that is no text."""
    values = wording.filled(answer.values)
    ack = wording.spoken(answer.ack) if isinstance(answer.ack, Phrase) else answer.ack
    attached = _attached(answer)
    if len(attached) < len(answer.papers):
        ack = wording.spoken(Phrase("paper_failed"))
    if ack and len(ack) + len(wording.text(answer.say, values)) < LONGEST:
        dispatcher.utter_message(text=ack)
    dispatcher.utter_message(
        response=f"utter_{answer.say}",
        json_message={
            "topic": answer.topic,
            "refs": [reference(record) for record in answer.refs],
            "choices": _choices(answer, values),
            "listed": _listed(answer, question),
            "attachments": attached,
            "state": answer.state.model_dump(mode="json", exclude_none=True),
            **_finished(answer.result),
            **({"forgets_checks": True} if answer.forgets_checks else {}),
            **({"hand_off": asdict(answer.hand_off)} if answer.hand_off else {}),
        },
        **values,
    )


def _attached(answer: Answer) -> list[dict[str, str]]:
    """The papers; one that can't be made does not take the answer with it."""
    made = []
    for paper in answer.papers:
        try:
            made.append(papers.attachment(paper))
        except Exception as error:  # whatever a paper's library raises, the owner is answered
            log.error("paper failed", error=type(error).__name__, where=where(error))
    return made


def _choices(answer: Answer, values: dict[str, str]) -> list[dict[str, str]]:
    """The next steps of the answer, and what is offered beside them; six at most."""
    own = wording.choices(answer.say, values)
    beside = wording.choices(answer.beside, values) if answer.beside else []
    left = [choice for choice in own if choice not in beside]
    return [*left[: MOST_CHOICES - len(beside)], *beside]


def _finished(result: Result | None) -> dict[str, Any]:
    """The self-check that was finished just now, for the gateway to keep."""
    return {"result": {**asdict(result), "finished_on": result.finished_on.isoformat()}} if result else {}


def _listed(answer: Answer, question: Question | None) -> list[dict[str, str]]:
    """The records listed; while one of a list is told, the others can still be picked: 「じゃあ②は」."""
    before = {offer.payload: offer.label for offer in question.listed} if question else {}
    if answer.listed or not any(choice_of(ref)["payload"] in before for ref in answer.refs):
        return [choice_of(record) for record in answer.listed]
    return [{"label": label, "payload": payload} for payload, label in before.items()]


def choice_of(record: Record) -> dict[str, str]:
    """The choice that picking a record from the list would be."""
    entities = json.dumps({record.kind: record.slug})
    return {"label": label(record.title), "payload": f"/{INTENT_FOR[record.kind]}{entities}"}


def reference(record: Record) -> dict[str, Any]:
    """The contract's ref: what the answer stands on and where that was read.

    What must be confirmed points to the official page, where that is known to be it.
    """
    source = record.sources[0]
    title, url = source.title, source.url
    if isinstance(record, Subsidy) and record.official_url_verified and (is_candidate(record) or not url):
        title, url = (
            wording.spoken(Phrase("official_page", {"operator": record.operator})),
            record.official_url,
        )
    return {
        "id": record.id,
        "title": record.title,
        "source_title": title,
        "source_url": str(url) if url else None,
        "source_date": source.published,
        "checked_on": source.checked_on.isoformat(),
    }
