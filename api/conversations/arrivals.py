"""Everything that comes in at a door that is answered by sending, stored in one transaction."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, Engine, Table, select

from api.conversations import callers, deliveries, links, store, taking_back, transcript
from api.conversations.accepting import accept
from api.conversations.callers import Known
from api.conversations.happenings import (
    Came,
    Forgets,
    Happening,
    Hears,
    Left,
    Rated,
    Said,
    Showed,
    TookBack,
    hashed,
)
from api.conversations.incoming import Incoming, Way, read_incoming, read_opinion
from api.conversations.once import insert_once
from api.desk import following
from api.desk.heard import Hearing
from api.errors import Refusal, TooFast
from api.instants import now
from api.problems import in_words
from api.responses import Wording
from api.settings import GatewaySettings
from api.tables import Arrival

_ARRIVALS: Table = Arrival.__table__  # type: ignore[assignment]


class Arrivals:
    def __init__(
        self,
        engine: Engine,
        wording: Wording,
        settings: GatewaySettings,
        hearing: Hearing | None = None,
    ) -> None:
        self._engine, self._hearing = engine, hearing
        self._wording = wording
        self._patience = {channel: timedelta(seconds=s) for channel, s in settings.patience.items()}
        self._settles = timedelta(seconds=settings.settle_seconds)

    def take(self, happenings: Sequence[Happening], too_fast: frozenset[str] = frozenset()) -> bool:
        """Stores what has not been here before; returns whether anything was new.

        All of one delivery in one transaction: it is kept whole, or the platform delivers it again.
        ``too_fast`` holds the keys of those that came too fast, which are told so.
        """
        # in the same order everywhere, so that two deliveries never wait for each other
        in_order = sorted(happenings, key=lambda one: (one.whence.lookup, one.at, one.key))
        with self._engine.begin() as connection:
            fresh = [one for one in in_order if _is_new(connection, one)]
            for one in fresh:
                self._take(connection, one, too_fast)
        return bool(fresh)

    def fresh(self, happenings: Sequence[Happening]) -> list[Happening]:
        """Those that have not been here before; what is delivered again costs its owner nothing."""
        keys = {_key(one): one for one in happenings}
        asked = select(_ARRIVALS.c.key_hash).where(_ARRIVALS.c.key_hash.in_(keys))
        with self._engine.connect() as connection:
            known = set(connection.scalars(asked))
        return [one for key, one in keys.items() if key not in known]

    def _take(self, connection: Connection, one: Happening, too_fast: frozenset[str]) -> None:
        if one.key in too_fast:
            self._tell(connection, one, in_words(TooFast(60)))
        elif isinstance(one, Said):
            self._hear(connection, one)
        elif isinstance(one, Showed):
            self._tell(connection, one, self._wording.cannot_read)
        elif isinstance(one, Hears):
            self._tell(connection, one, one.text)
        elif isinstance(one, Came):
            self._greet(connection, one)
        elif isinstance(one, Left):
            callers.block(connection, one.whence, is_blocked=True)
        elif isinstance(one, TookBack):
            taking_back.take_back(connection, one.whence.channel, one.source)
        elif isinstance(one, Rated):
            self._rate(connection, one)
        elif isinstance(one, Forgets):
            self._forget(connection, one)

    def _hear(self, connection: Connection, said: Said) -> None:
        caller = callers.find_or_begin(connection, said.whence)
        code = links.code_in(said.text) if said.text and said.whence.is_private else None
        if code is not None:
            self._move(connection, said, caller, code)
            return
        try:
            incoming = self._read(said)
            with connection.begin_nested():
                conversation = transcript.advance(connection, caller.conversation_id, incoming.lines)
                accept(connection, caller.conversation_id, conversation, incoming, hearing=self._hearing)
        except Refusal as refusal:
            self._tell(connection, said, in_words(refusal))

    def _read(self, said: Said) -> Incoming:
        incoming = read_incoming(said.text, said.choice, said.key)
        at, channel = now(), said.whence.channel
        source = hashed(channel, said.source) if said.source else None
        way = Way(said.at, at + self._settles, said.route, at + self._patience[channel], source)
        notice = self._wording.secret_typed.about(incoming.secrets) if incoming.secrets else None
        return replace(incoming, notice=notice, way=way)

    def _move(self, connection: Connection, said: Said, caller: Known, code: str) -> None:
        try:
            old = links.redeem(connection, caller, said.whence.association, code)
        except links.CodeUnknown:
            self._tell(connection, said, self._wording.code_unknown)
        except links.TooManyCodes:
            self._tell(connection, said, self._wording.code_too_often)
        else:
            notice = transcript.add_notice(connection, old, self._wording.moved_away)
            deliveries.add(connection, old, [notice])
            along = following.follow(connection, old, caller.conversation_id, self._wording.desk)
            told = [self._wording.moved_here, *([along] if along else [])]
            self._tell(connection, said, "\n".join(told))

    def _greet(self, connection: Connection, came: Came) -> None:
        callers.block(connection, came.whence, is_blocked=False)
        caller = callers.find_or_begin(connection, came.whence, self._wording.greeting)
        greeting = transcript.add_reply(connection, caller.conversation_id, self._wording.greeting)
        deliveries.add(connection, caller.conversation_id, [greeting], route=came.route)

    def _rate(self, connection: Connection, rated: Rated) -> None:
        conversation_id = callers.find(connection, rated.whence)
        if conversation_id is not None:
            # an answer of another conversation, or one that is gone: there is nothing to keep
            with suppress(Refusal), connection.begin_nested():
                opinion = read_opinion(rated.message_id, rated.rating, rated.comment)
                store.rate(connection, conversation_id, opinion)

    def _forget(self, connection: Connection, forgets: Forgets) -> None:
        conversation_id = callers.find(connection, forgets.whence)
        if conversation_id is not None:
            store.forget(connection, conversation_id)
        self._tell(connection, forgets, self._wording.forgotten)

    def _tell(self, connection: Connection, one: Happening, text: str) -> None:
        caller = callers.find_or_begin(connection, one.whence)
        notice = transcript.add_notice(connection, caller.conversation_id, text)
        deliveries.add(connection, caller.conversation_id, [notice], route=one.route)


def _is_new(connection: Connection, one: Happening) -> bool:
    return insert_once(connection, _ARRIVALS, {"key_hash": _key(one), "at": now()})


def _key(one: Happening) -> str:
    return hashed(one.whence.channel, one.whence.account, one.key)
