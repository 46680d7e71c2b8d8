"""What staff are shown of a case and of a conversation, in the words and times of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.conversations.schemas import Profile
from api.desk.cases import CLOSE_REASONS, CLOSED_OTHERWISE, REASONS, STATUSES, URGENCIES, QueueLine, Talk
from api.desk.console import reasons
from api.desk.pages import teach
from api.desk.summary import TOPICS
from api.desk.who import Member
from api.instants import JAPAN, now
from api.tables import Message

CHANNELS = {"web": "ホームページ", "line": "LINE", "slack": "Slack"}
MODES = {"bot": "自動応答中", "waiting": "担当者待ち", "human": "担当者が対応中"}
NOTHING_KNOWN = "まだ何も分かっていません"
SPEAKERS = {"user": "相談者", "bot": "まもり（自動応答）", "staff": "担当者", "system": "お知らせ"}
YES_NO = {True: "はい", False: "いいえ", None: ""}


@dataclass(frozen=True)
class Line:
    """A case in the queue."""

    case: QueueLine
    member: Member

    @property
    def id(self) -> int:
        return self.case.id

    @property
    def title(self) -> str:
        return self.case.summary.partition("｜")[0] or NOTHING_KNOWN

    @property
    def more(self) -> str:
        return self.case.summary.partition("｜")[2].replace("｜", "　")

    @property
    def urgency_name(self) -> str:
        return URGENCIES.get(self.case.urgency, self.case.urgency)

    @property
    def status_name(self) -> str:
        return STATUSES.get(self.case.status, self.case.status)

    @property
    def reason_name(self) -> str:
        return REASONS.get(self.case.reason, self.case.reason)

    @property
    def channel_name(self) -> str:
        return CHANNELS.get(self.case.channel, self.case.channel)

    @property
    def close_reason_name(self) -> str:
        reason = self.case.close_reason or ""
        return (CLOSE_REASONS | CLOSED_OTHERWISE).get(reason, reason)

    @property
    def is_open(self) -> bool:
        return self.case.closed_at is None

    @property
    def is_mine(self) -> bool:
        return self.case.assignee_id == self.member.id

    @property
    def is_waiting(self) -> bool:
        """Whether the owner still waits for a first answer."""
        return self.is_open and self.case.answered_at is None and self.case.status in ("waiting", "taken")

    @property
    def waits(self) -> str:
        return lasting(self.case.waiting_minutes)

    @property
    def is_score_asked(self) -> bool:
        return self.case.close_reason in CLOSE_REASONS and self.case.answered_at is not None

    @property
    def may_be_taken(self) -> bool:
        return self.is_open and self.case.status != "taken"


def lasting(minutes: int) -> str:
    """「12分」「1時間5分」「2日3時間」, as the page goes on counting it."""
    hours, rest = divmod(max(0, minutes), 60)
    if not hours:
        return f"{rest}分"
    days, left = divmod(hours, 24)
    return f"{days}日{left}時間" if days else f"{hours}時間{rest}分"


def since(at: datetime) -> str:
    return lasting(int((now() - at).total_seconds() // 60))


def clock(at: datetime | None) -> str:
    """「14:05」 of today, 「11月28日 14:05」 of another day."""
    if at is None:
        return ""
    there, today = at.astimezone(JAPAN), now().astimezone(JAPAN)
    time = f"{there.hour}:{there:%M}"
    if there.date() == today.date():
        return time
    year = "" if there.year == today.year else f"{there.year}年"
    return f"{year}{there.month}月{there.day}日 {time}"


def day(on: date) -> str:
    """「11月20日」, with the year where it is another one."""
    year = "" if on.year == now().astimezone(JAPAN).year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def company_name(profile: Profile) -> str:
    """「宿泊業・12名・石川県」, as far as it is known."""
    size = f"{profile.employees}名" if profile.employees is not None else None
    return "・".join(part for part in (profile.industry, size, profile.prefecture) if part) or "会社は未確認"


def facts(profile: Profile) -> list[tuple[str, str]]:
    place = f"{profile.prefecture or ''}{profile.municipality or ''}"
    return [
        ("業種", profile.industry or ""),
        ("人数", f"{profile.employees}名" if profile.employees is not None else ""),
        ("所在地", place),
        ("個人情報を扱う", YES_NO[profile.handles_personal_data]),
        ("テレワーク", YES_NO[profile.telework]),
        ("私物の利用", YES_NO[profile.byod]),
        ("取引先の要求", YES_NO[profile.customer_demands]),
    ]


def speaker(message: Message) -> str:
    if message.role == "staff" and message.sender:
        return message.sender
    return SPEAKERS.get(message.role, message.role)


def topic(name: str | None) -> str:
    return TOPICS.get(name or "", "")


def after(transcript: Sequence[Message], seen: str | None) -> Sequence[Message]:
    """The lines after the one seen; all of them when that is unknown."""
    known = next((place for place, line in enumerate(transcript, 1) if line.id == seen), 0)
    return transcript[known:]


def talk_name(talk: Talk) -> str:
    return talk.summary.partition("｜")[0] or NOTHING_KNOWN


def talk_more(talk: Talk) -> str:
    return talk.summary.partition("｜")[2].replace("｜", "　")


def who_answers(line: Line, mode: str) -> str:
    """One sentence on whom the owner hears now."""
    if not line.is_open:
        return "完了しています。" + ("自動応答がお答えしています。" if mode == "bot" else "")
    if mode == "human":
        who = "あなた" if line.is_mine else f"{line.case.assignee_name or '担当者'}さん"
        return f"{who}が対応中です。自動応答は止まっています。"
    if mode == "waiting":
        return "担当者をお待ちです。それまでは自動応答もお答えします。"
    return "自動応答がお答えしています。"


FILTERS: dict[str, Any] = {
    "clock": clock,
    "day": day,
    "since": since,
    "speaker": speaker,
    "topic": topic,
    "channel": lambda name: CHANNELS.get(name, name),
    "mode": lambda name: MODES.get(name, name),
    "talk_name": talk_name,
    "talk_more": talk_more,
    "of_delivery": reasons.of_delivery,
    "of_question": reasons.of_question,
    "standing": lambda status: reasons.STANDINGS.get(status, status),
}
"""How the console's templates tell times, names and reasons."""

teach(FILTERS)
