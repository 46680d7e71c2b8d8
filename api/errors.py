"""What can be refused and what can go wrong, by name. ``api/problems.py`` words the refusals in Japanese."""


class Refusal(Exception):
    """Base of everything a caller is told with a problem+json."""


class TokenRefused(Refusal):
    """No token, a wrong one, or one unused for too long."""


class SignatureRefused(Refusal):
    """Not signed by the platform it says it comes from, too long ago, or for an account nobody knows.

    Which of them is not revealed.
    """


class ConversationUnknown(Refusal):
    """Not there, or somebody else's: which of the two is not revealed."""


class OriginRefused(Refusal):
    """A page of a website asks that the association has not named."""


class NothingSaid(Refusal):
    """Only spaces, invisible characters or a bare slash."""


class TextTooLong(Refusal):
    pass


class TextOrChoice(Refusal):
    """Both were sent, or neither."""


class ChoiceUnknown(Refusal):
    """Never offered, or offered in another conversation."""


class ChoicePassed(Refusal):
    """The question it belonged to has been answered already."""


class MessageIdTaken(Refusal):
    """The same ``client_message_id`` came before with another body."""


class MessageUnknown(Refusal):
    """No answer of this conversation has that id."""


class AttachmentUnknown(Refusal):
    """Never given, expired, or gone with its conversation: which of them is not revealed."""


class TicketUnknown(Refusal):
    """No such case, or another association's: which of the two is not revealed."""


class TicketTaken(Refusal):
    """Somebody else was first; ``args`` holds their name."""


class TicketClosed(Refusal):
    """The case is closed: there is nobody to write to any more."""


class DeskUnfit(Refusal):
    """What was given at the desk cannot be kept; ``args`` holds why, in Japanese."""


class TooFast(Refusal):
    """More than one address may do in a minute; ``args`` holds the seconds to wait."""


class WorkspaceUnsure(Refusal):
    """Slack has not told yet whose workspace the environment's token opens; it is to deliver again."""


class LoginNeeded(Refusal):
    """Nobody is logged in at the desk, or not any more."""


class NotForThisRole(Refusal):
    """The desk has such a page, but not for everybody there; to the others it does not exist."""


class Forged(Refusal):
    """What was to change something at the desk did not come from the desk's own page."""


class StaffUnknown(Refusal):
    """No such account, or one of another association: which of the two is not revealed."""


class AccountKept(Refusal):
    """Not theirs to make or to change: a greater role, another association, or their own."""


class EmailTaken(Refusal):
    """Somebody has an account with this address already."""


class NameUnusable(Refusal):
    """Empty, or too long."""


class EmailUnusable(Refusal):
    """Not the form of an e-mail address."""


class AssociationUnknown(Refusal):
    """``mamori association save`` has not named it."""


class TooManyStreams(Refusal):
    """All places for event streams are taken; ``args`` holds the seconds to wait."""


class EngineFailure(Exception):
    """The dialogue engine gave no usable answer; the turn will be tried again."""


class EngineUnreachable(EngineFailure):
    pass


class EngineTooSlow(EngineFailure):
    pass


class EngineRefused(EngineFailure):
    """A status other than 200."""


class EngineSilent(EngineFailure):
    """``[]``: the engine answers so when the action server is down."""


class EngineGarbled(EngineFailure):
    """Not a list of messages, or a text that no ``custom`` closes."""


class EngineApologised(EngineFailure):
    """The action behind it broke or was too slow; another attempt may do better."""


class DeliveryTrouble(Exception):
    """An answer could not be sent to where the owner is. ``reason`` is a short name for operators."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds


class SendLater(DeliveryTrouble):
    """The platform is busy or away; ``seconds``: how long it asks to be left alone, None = as usual."""


class HeldBack(DeliveryTrouble):
    """There is no way to the owner now, such as a used-up quota; it goes with the next answer."""


class Undeliverable(DeliveryTrouble):
    """There will be no way: blocked, revoked, refused. Whoever runs this must look at it."""


class KeysMissing(Exception):
    """The database holds what none of the known keys opens."""


class KeysUnreadable(Exception):
    """A key is not 32 bytes in URL-safe base64, or there is none."""


class StorageUnusable(Exception):
    """The database is away, locked, or was never prepared."""
