"""What an owner says to the desk itself, at every door, is heard before the engine: it never gets there.

That they want the advisor back, how long it takes, where to call them, how it was, and, while the engine
is away, the button for a person. Inside the transaction that stores the message.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from api.conversations.incoming import Incoming
from api.desk import moves
from api.desk.handoff import HandOffs
from api.desk.ticket_rows import TICKETS, T, open_of
from api.desk.wording import ASKS
from api.errors import ChoicePassed
from api.instants import now
from api.replies import HandOff
from api.tables import Message

SCORE_VALID = timedelta(days=7)
LONGEST = 30

_MACHINE = r"(?:ai|bot|(?:チャット|ロ)?ボット)(?:の?(?:応答|回答|案内|相談))?"
_ADVISOR = rf"(?:自動(?:応答|回答|案内|返信|対応)|まもり|{_MACHINE})"
_BACK = r"(?:戻|もど|返|切り?替|替|変)(?:[るりしすっえ]|わ)"
WANTS_ADVISOR = re.compile(
    rf"{_ADVISOR}(?:に|へ)(?:{_BACK}|お願い)|(?:自動|ai|bot|ボット)(?:に|へ)(?:戻|もど)"
    rf"|{_ADVISOR}で(?:いい|お願い|大丈夫)(?!.*(?:か|かな|でしょうか)?[?？]|.*か。?$)"
    r"|(?:取り?次ぎ?|引き?継ぎ?|担当(?:者|の方|の人)?|人)(?:は|を|との話は|への相談は)?"
    r"(?:もう(?:いい|要らない|いらない|結構|大丈夫)|やめ|止め|取り?消|キャンセル|中止|不要)"
)
_NEGATED = re.compile(r"(?:戻|もど)(?:さ|ら|り|し)?(?:ない|たくない|ません|ないで)")
SCORE = re.compile(r"([1-5])(?:点|です|番)?[。.]?")
MAIL = re.compile(r"[\w.+\-]+@[\w\-]+\.[\w.\-]+")
PHONE = re.compile(r"(?:\+81|0)\d{8,10}")
_BETWEEN = re.compile(r"(?<=\d)[-‐‑–—ー－()\s・]+(?=\d)")
WANTS_PERSON = re.compile(
    r"人(?:に|と)(?:代わ|変わ|かわ|替わ|相談|話)|(?:担当(?:者|の方|の人)?|オペレーター|人間)(?:に|と|を|へ|お願い|出し|呼)"
)


ASKS_HOW_LONG = re.compile(
    r"(?:返事|担当(?:者|の方|の人)?|連絡|お?取り?次ぎ?)?(?:は|が|って|、)?"
    r"(?:まだ(?:です|でしょう|かな)?か?(?:来ない|こない|返事)?"
    r"|いつ(?:(?:に?な[るり]|来|くる|ごろ|頃|まで待)\S{0,6}?|(?:です|でしょう)?か?)"
    r"|(?:来|こ)(?:ない|ません)(?:です|の)?か?"
    r"|(?:あと(?:どの|どれ)くらい(?:待|かか)|(?:どの|どれ)くらい待)\S{0,6}?"
    r"|(?:もっと)?(?:早く|はやく|急いで|いそいで)(?:して|お願い(?:します)?|ください)*)"
    r"[。！!?？ー〜…\s]*"
)


@dataclass(frozen=True)
class Pressed:
    """A button of the desk's own: what it means, and the message it stood under."""

    payload: str
    message_id: str


@dataclass(frozen=True)
class Hearing:
    hand_offs: HandOffs

    def answer(
        self,
        connection: Connection,
        conversation_id: str,
        mode: str,
        incoming: Incoming,
        pressed: Pressed | None,
    ) -> str | None:
        """What the gateway answers by itself; None where the message is for the engine, or for a person.

        Raises:
            ChoicePassed: the score has been given, or was asked for too long ago.
        """
        if pressed is not None:
            return self._pressed(connection, conversation_id, pressed)
        said = incoming.text or ""
        if mode != "human" and (score := SCORE.fullmatch(plain(said))):
            return self._scored(connection, _unscored(connection, conversation_id), score[1])
        ticket = None if mode == "bot" else open_of(connection, conversation_id)
        return ticket and self._of_a_case(connection, ticket, mode, said)

    def _of_a_case(self, connection: Connection, ticket: Row[Any], mode: str, said: str) -> str | None:
        if wants_advisor(plain(said)):
            moves.give_back(connection, ticket, None)
            return self.hand_offs.wording.line("returned")
        if mode == "human":
            _wake(connection, ticket)
            return None
        if asks_how_long(plain(said)):
            return self.hand_offs.how_long(connection, ticket)
        return self._called_back(connection, ticket, said)

    def _pressed(self, connection: Connection, conversation_id: str, pressed: Pressed) -> str | None:
        meaning = pressed.payload.removeprefix(ASKS)
        if meaning == "person":
            return self.hand_offs.take(connection, conversation_id, HandOff(reason="failed"))
        asked = T.score_asked == pressed.message_id, T.conversation_id == conversation_id, *_IS_UNSCORED
        ticket = connection.execute(select(TICKETS).where(*asked, _lately())).one_or_none()
        if ticket is None:
            raise ChoicePassed
        return self._scored(connection, ticket, meaning.removeprefix("score/"))

    def _scored(self, connection: Connection, ticket: Row[Any] | None, score: str) -> str | None:
        if ticket is None:
            return None
        moves.change(connection, ticket, score=int(score))
        return self.hand_offs.wording.line("scored")

    def _called_back(self, connection: Connection, ticket: Row[Any], text: str) -> str | None:
        """Where to call is kept once it was asked for; anything else is a question as ever."""
        if ticket.callback_asked is None or not names_a_way(text):
            return None
        moves.change(connection, ticket, callback=text, callback_asked=None)
        return self.hand_offs.wording.line("callback_kept")


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def wants_advisor(text: str) -> bool:
    """「自動応答に戻る」「ボットに戻して」「取り次ぎはもういいです」; not in the middle of a longer story."""
    return len(text) <= LONGEST and WANTS_ADVISOR.search(text) is not None and not _NEGATED.search(text)


def asks_how_long(text: str) -> bool:
    """「まだですか」「早くして」, from somebody who waits; nothing that is about anything else."""
    return ASKS_HOW_LONG.fullmatch(text) is not None


def wants_person(payload: str) -> bool:
    """Asked where the engine has no answer: plainly, or by the button that says so."""
    if payload.startswith("/"):
        return payload.startswith("/request_human")
    return len(payload) <= LONGEST and WANTS_PERSON.search(payload) is not None


def names_a_way(text: str) -> bool:
    """Whether somebody can be reached by what is said: a telephone number or a mail address."""
    said = unicodedata.normalize("NFKC", text)
    return MAIL.search(said) is not None or PHONE.search(_BETWEEN.sub("", said)) is not None


_IS_UNSCORED = T.score.is_(None), T.score_asked.is_not(None)


def _lately() -> Any:
    return T.score_asked_at > now() - SCORE_VALID


def _unscored(connection: Connection, conversation_id: str) -> Row[Any] | None:
    """The case whose score was asked for last, unless something else has been said since."""
    mine = T.conversation_id == conversation_id, *_IS_UNSCORED, _lately()
    ticket = connection.execute(select(TICKETS).where(*mine).order_by(T.id.desc()).limit(1)).one_or_none()
    if ticket is None:
        return None
    since = Message.conversation_id == conversation_id, Message.id > ticket.score_asked
    said = select(Message.id).where(*since, Message.role.in_(("bot", "staff"))).limit(1)
    return ticket if connection.scalar(said) is None else None


def _wake(connection: Connection, ticket: Row[Any]) -> None:
    """An owner writes to a person who has put the case off: it is there again."""
    asleep = update(TICKETS).where(T.id == ticket.id, T.status == "snoozed")
    connection.execute(asleep.values(status="taken", snoozed_until=None))
