"""Six owners who talk to the advisor at the same time and do not give up, whatever happens to it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

CONVERSATIONS = "/api/v1/conversations"
COMPANIES = (
    "石川県で12人の旅館をやっています",
    "従業員45人の金属加工の工場です",
    "社員8人の建設会社です。富山県です",
    "東京で3人のデザイン事務所をしています",
    "うちは20人の歯科医院です",
    "従業員120人の運送会社です",
)
QUESTIONS = (
    "どこまでやれば十分ですか",
    "もっと詳しく教えてください",
    "バックアップはどうすればいいですか",
    "同じ業種で被害にあった会社の話はありますか",
    "ほかの例もありますか",
    "使える補助金はありますか",
    "二段階認証って必要ですか",
    "{secret}",
    "どこに相談すればいいですか",
)
SECRETS = {
    "Kanazawa-Ryokan-9876": "パスワードはKanazawa-Ryokan-9876です。これで大丈夫ですか",
    "4111-1111-1111-1111": "カード番号は4111-1111-1111-1111です。送ってしまいました",
    "1234 5678 9018": "マイナンバーは1234 5678 9018です。メールで送ってしまいました",
    "しろやまの名簿": "しろやまの名簿が入ったパソコンをなくしました",
}
TURNS = 1 + len(QUESTIONS)
PATIENCE_SECONDS = 90.0


@dataclass
class Transcript:
    """What a conversation comes to in the end, without ids, times and apologies."""

    said: list[str]
    answers: list[str]
    profile: dict[str, Any]


@dataclass
class Progress:
    """Counted over all owners; ``reached`` waits until so many answers have come."""

    answered: int = 0
    tokens: list[str] = field(default_factory=list)

    async def reached(self, count: int) -> None:
        while self.answered < count:  # noqa: ASYNC110 - owners only count
            await asyncio.sleep(0.01)


def script(owner: int) -> list[str]:
    secret = list(SECRETS.values())[owner % len(SECRETS)]
    return [COMPANIES[owner], *(question.format(secret=secret) for question in QUESTIONS)]


async def all_talk(
    doors: list[str], disturb: Callable[[Progress], Awaitable[None]] | None = None
) -> tuple[list[Transcript], Progress]:
    """Six conversations at once, each at one of the doors first and at the next when that is shut."""
    progress = Progress()
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(timeout=20, trust_env=False, limits=limits) as client:
        disturbing = asyncio.create_task(disturb(progress)) if disturb else None
        talks = (Owner(client, doors[n % len(doors) :] + doors[: n % len(doors)]) for n in range(6))
        found = await asyncio.gather(*(owner.talks(script(n), progress) for n, owner in enumerate(talks)))
        if disturbing:
            await disturbing
    return found, progress


class Owner:
    def __init__(self, client: httpx2.AsyncClient, doors: list[str]) -> None:
        self._client = client
        self._doors = list(doors)
        self._path = ""
        self._key: dict[str, str] = {}

    @property
    def token(self) -> str:
        return self._key["Authorization"].removeprefix("Bearer ")

    async def opens(self) -> None:
        opened = await self.calls("POST", CONVERSATIONS)
        self._path = f"{CONVERSATIONS}/{opened['conversation_id']}"
        self._key = {"Authorization": f"Bearer {opened['token']}"}

    async def says(self, text: str, number: int) -> list[dict[str, Any]]:
        body = {"text": text, "client_message_id": f"m{number}"}
        return list((await self.calls("POST", f"{self._path}/messages", body))["messages"])

    async def talks(self, texts: list[str], progress: Progress) -> Transcript:
        await self.opens()
        progress.tokens.append(self.token)
        for number, text in enumerate(texts):
            replies = await self.says(text, number)
            progress.answered += any(m["topic"] not in {None, "unavailable"} for m in replies)
        return await self.comes_to(len(texts))

    async def comes_to(self, turns: int) -> Transcript:
        """The conversation once every message has its answer, or as it is when patience ends."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            messages = (await self.calls("GET", f"{self._path}/messages"))["messages"][1:]
            said = [m["text"] for m in messages if m["role"] == "user"]
            answers = [m["text"] for m in messages if m["role"] == "bot" and m["topic"] != "unavailable"]
            if len(answers) >= turns or asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.3)
        return Transcript(said, answers, await self.calls("GET", f"{self._path}/profile"))

    async def calls(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Again and again, as the page does, until somebody answers."""
        while True:
            try:
                url = self._doors[0] + path
                answer = await self._client.request(method, url, json=body, headers=self._key)
            except httpx2.HTTPError:
                self._doors.append(self._doors.pop(0))
                await asyncio.sleep(0.3)
                continue
            if answer.status_code < 500:
                assert answer.status_code in (200, 201), answer.text
                return dict(answer.json())
            await asyncio.sleep(0.3)
