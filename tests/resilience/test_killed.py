"""kill -9 in the middle of sixty messages: none lost, none counted twice, order kept, nothing left open."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from sqlalchemy import inspect

from knowledge.database import connect
from knowledge.settings import ROOT
from ops.bench.stack import free_ports
from tests.processes import listening
from tests.resilience.conftest import Disturbed
from tests.resilience.owners import SECRETS, TURNS, Owner, Progress, Transcript, all_talk, script

A_THIRD = 20
OUTAGE_SECONDS = float(os.environ.get("MAMORI_TEST_OUTAGE_SECONDS", "60"))


def test_the_conversations_are_worth_comparing(expected: list[Transcript]) -> None:
    """Every message is answered, and what is answered depends on who asks and on what came before."""
    for owner, transcript in enumerate(expected):
        assert len(transcript.said) == len(transcript.answers) == TURNS
        assert transcript.said[:8] == script(owner)[:8]
        assert transcript.profile["employees"]
    assert len({tuple(transcript.answers) for transcript in expected}) == 6


@pytest.mark.parametrize("name", ["Rasa", "actions", "gateway"])
async def test_a_process_is_killed(disturbed: Disturbed, expected: list[Transcript], name: str) -> None:
    killed: list[int] = []

    async def kill(progress: Progress) -> None:
        await progress.reached(A_THIRD)
        killed.append(disturbed.stack.processes()[name])
        os.kill(killed[0], signal.SIGKILL)

    found, progress = await all_talk([disturbed.stack.gateway_url], kill)
    disturbed.tokens += progress.tokens
    assert found == expected
    disturbed.stack.until_ready()
    assert disturbed.stack.processes()[name] != killed[0]


@pytest.mark.parametrize("disturbed", ["postgres"], indirect=True)
async def test_one_of_two_gateways_is_killed(disturbed: Disturbed, expected: list[Transcript]) -> None:
    with second_gateway(disturbed) as (url, pid):

        async def kill(progress: Progress) -> None:
            await progress.reached(A_THIRD)
            os.kill(pid, signal.SIGKILL)

        found, progress = await all_talk([url, disturbed.stack.gateway_url], kill)
    disturbed.tokens += progress.tokens
    assert found == expected


@contextmanager
def second_gateway(disturbed: Disturbed) -> Iterator[tuple[str, int]]:
    """Another gateway over the same database, engine and keys."""
    stack, (port,) = disturbed.stack, free_ports(1)
    environment = stack.environment | {
        "MAMORI_PORT": str(port),
        "MAMORI_RASA_URL": stack.rasa_url,
        "MAMORI_ACTIONS_URL": stack.actions_url,
    }
    url = f"http://127.0.0.1:{port}"
    with stack.log.open("ab") as log:
        gateway = subprocess.Popen(
            [sys.executable, "-m", "api"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        wait_until_ready(url)
        yield url, gateway.pid
    finally:
        gateway.kill()
        gateway.wait()


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx2.get(f"{url}/readyz", trust_env=False).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail("the second gateway did not get ready")


@pytest.mark.parametrize("disturbed", ["sqlite"], indirect=True)
async def test_rasa_is_away_for_a_minute(disturbed: Disturbed, expected: list[Transcript]) -> None:
    async with httpx2.AsyncClient(timeout=20, trust_env=False) as client:
        owners = [Owner(client, [disturbed.stack.gateway_url]) for _ in range(6)]
        for owner in owners:
            await owner.opens()
        with without_rasa(disturbed):
            for number in range(3):
                for place, owner in enumerate(owners):
                    began = time.monotonic()
                    (apology,) = await owner.says(script(place)[number], number)
                    assert apology["topic"] == "unavailable"
                    assert time.monotonic() - began < 4
        for place, owner in enumerate(owners):
            transcript = await owner.comes_to(3)
            assert transcript.said == script(place)[:3]
            assert transcript.answers == expected[place].answers[:3]
            (answer,) = await owner.says(script(place)[2], 2)
            assert answer["text"] == transcript.answers[2]


@contextmanager
def without_rasa(disturbed: Disturbed) -> Iterator[None]:
    """Dead for a minute: the supervisor that would start it again is held meanwhile."""
    processes = disturbed.stack.processes()
    began = time.monotonic()
    os.kill(processes["supervisor"], signal.SIGSTOP)
    try:
        os.kill(processes["Rasa"], signal.SIGKILL)
        time.sleep(1)
        yield
        time.sleep(max(0.0, OUTAGE_SECONDS - (time.monotonic() - began)))
    finally:
        os.kill(processes["supervisor"], signal.SIGCONT)
    disturbed.stack.until_ready()


def test_only_the_gateway_listens_beyond_this_machine(disturbed: Disturbed) -> None:
    processes = disturbed.stack.processes()
    assert set(processes) == {"supervisor", "Rasa", "actions", "gateway"}
    names = {pid: name for name, pid in processes.items()}
    heard = {(names[pid], address) for address, _, pid in listening(set(names))}
    assert heard == {("Rasa", "0100007F"), ("actions", "0100007F"), ("gateway", "00000000")}


def test_rasa_tells_nothing_of_a_conversation(disturbed: Disturbed) -> None:
    for path in ("/conversations/c_1/tracker", "/status", "/domain"):
        assert httpx2.get(disturbed.stack.rasa_url + path, trust_env=False).status_code == 404


def test_nothing_that_was_said_lies_open(disturbed: Disturbed, expected: list[Transcript]) -> None:
    """Not in the database, not in a file, not in a log: neither secrets nor words nor tokens."""
    written = everything_written(disturbed)
    words = [
        *SECRETS,
        *SECRETS.values(),
        "二段階認証って",
        "石川県で12人の旅館をやって",
        expected[0].answers[0].split("\n")[0],
    ]
    bare = [secret.replace("-", "").replace(" ", "") for secret in SECRETS]
    assert disturbed.tokens
    for said in [*words, *bare, *disturbed.tokens]:
        for way in (said.encode(), said.encode("unicode-escape"), said.encode("utf-16-le")):
            assert way not in written, said


def everything_written(disturbed: Disturbed) -> bytes:
    folder = disturbed.stack.log.parent
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "secret.keys"]
    parts = [file.read_bytes() for file in files]
    engine = connect(disturbed.database_url)
    with engine.connect() as connection:
        for table in OWNERS_TABLES & set(inspect(connection).get_table_names()):
            parts.append(str(connection.exec_driver_sql(f"SELECT * FROM {table}").all()).encode())
    engine.dispose()
    return b"\n".join(parts)


OWNERS_TABLES = {
    "conversations",
    "inbox",
    "messages",
    "choices",
    "attachments",
    "feedback",
    "self_checks",
    "member_figures",
    "callers",
    "arrivals",
    "deliveries",
    "link_codes",
    "key_probe",
}
