"""One request can be followed from the door to the action by its ids, and by nothing else."""

import json
import re

import httpx2
import pytest

from tests.api.fake_rasa import FakeRasa
from tests.api.owner import CONVERSATIONS, Owner


def lines(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


async def test_a_request_and_its_turn_carry_the_same_id_to_the_engine(
    owner: Owner, rasa: FakeRasa, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await owner.posts(text="質問です")
    request = answer.headers["x-request-id"]
    assert re.fullmatch(r"r_[0-9a-f]{32}", request)
    metadata = rasa.received[0]["metadata"]
    assert metadata["request"] == request
    about = {line["event"]: line for line in lines(capsys.readouterr().out) if line.get("request") == request}
    assert about["turn"]["turn"] == metadata["turn"]
    assert about["turn"]["topic"] == "measure"
    assert about["request"]["status"] == 200


async def test_an_id_is_given_here_and_never_taken_over(client: httpx2.AsyncClient) -> None:
    answers = [await client.post(CONVERSATIONS, headers={"X-Request-ID": "r_mine"}) for _ in range(2)]
    ids = {answer.headers["x-request-id"] for answer in answers}
    assert len(ids) == 2
    assert "r_mine" not in ids


async def test_a_late_answer_keeps_the_id_of_its_request(
    owner: Owner, rasa: FakeRasa, capsys: pytest.CaptureFixture[str]
) -> None:
    rasa.hold()
    request = (await owner.posts(text="質問です")).headers["x-request-id"]
    rasa.release()
    await owner.reads_until("お答え：質問です")
    turns = [line for line in lines(capsys.readouterr().out) if line["event"] == "turn"]
    assert [line["request"] for line in turns] == [request]
