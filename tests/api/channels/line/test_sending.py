"""An answer goes out free as long as that can be, is paid for when it must be, and is never silently lost."""

import asyncio
import json
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.instants import now
from api.settings import GatewaySettings
from api.tables import Association, Caller, Conversation, Delivery
from ops.rehearsal import line_events as happen
from ops.rehearsal.line import LineStandIn, Trouble
from tests.api.channels.line.phone import TOKEN, USER, Phone, phone, somebody
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until

GROUP = "C" + "0" * 32


def deliveries(database: Engine) -> list[Delivery]:
    with Session(database) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


async def standing(database: Engine, *statuses: str) -> list[Delivery]:
    await until(lambda: [one.status for one in deliveries(database)] == [*statuses])
    return deliveries(database)


def conversation_of(database: Engine) -> str:
    with Session(database) as session:
        found = session.scalars(select(Conversation.id)).all()
    return found[-1]


async def writes(owner: Phone, database: Engine, text: str) -> None:
    """A person of the association writes to the last owner, unasked."""
    owner.app.state.people.write(conversation_of(database), text, "山田")
    owner.app.state.common.bell.call_courier()


async def metrics(owner: Phone) -> str:
    token = owner.app.state.settings.metrics_token.get_secret_value()
    local = httpx2.ASGITransport(app=owner.app, client=("127.0.0.1", 1))
    async with httpx2.AsyncClient(transport=local, base_url="http://mamori.test") as caller:
        return (await caller.get("/metrics", headers={"Authorization": f"Bearer {token}"})).text


async def test_an_answer_that_comes_too_late_for_the_reply_is_pushed(
    owner: Phone, rasa: FakeRasa, database: Engine
) -> None:
    rasa.hold()
    await owner.says("時間のかかる質問")
    await until(lambda: rasa.messages == ["時間のかかる質問"])
    true_clock = owner.door.clock
    owner.door.clock = lambda: true_clock() + 51
    rasa.release()
    await owner.gets()
    (pushed,) = owner.line.pushes()
    assert (pushed.to, pushed.key) == (USER, deliveries(database)[0].key)
    assert owner.door.pushes.counts() == {"default": 1}
    assert [way for way, _ in owner.line.asked] == ["push"]


async def test_a_reply_that_line_no_longer_takes_becomes_a_push(owner: Phone) -> None:
    event = owner.words("間に合うか")
    event["replyToken"] = "00000000000000000000000000000000"
    await owner.does(event)
    await owner.gets()
    assert [one.way for one in owner.line.sent] == ["push"]


async def test_an_apology_takes_the_free_reply_and_the_answer_is_pushed(
    on_phone_settings: GatewaySettings, line: LineStandIn, rasa: FakeRasa
) -> None:
    soon = on_phone_settings.model_copy(update={"line_patience_seconds": 0.2})
    async with phone(soon, line) as one:
        rasa.hold()
        await one.says("混んでいるときの質問")
        await one.gets()
        rasa.release()
        await one.gets(2)
        assert [sent.way for sent in line.sent] == ["reply", "push"]
        assert line.sent[1].texts[0].startswith("お答え：混んでいるとき")


async def test_a_person_of_the_association_is_pushed_under_their_name(owner: Phone, database: Engine) -> None:
    with Session(database) as session, session.begin():
        session.add(Association(slug="kanazawa-ryokan", name="金沢旅館組合", origins=[], created_at=now()))
    await owner.says("人と話したい")
    await owner.gets()
    await writes(owner, database, "担当の山田です。お電話してもよいですか。")
    (text,) = await owner.gets(2)
    assert owner.line.sent[1].way == "push"
    assert text["sender"]["name"] == "金沢旅館組合 山田"


async def test_the_quota_warns_at_four_fifths_and_at_its_end_holds_back_visibly(
    owner: Phone, database: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    await owner.says("はじめまして")
    await owner.gets()
    for number in range(10):
        await writes(owner, database, f"{number}通目")
    await owner.gets(11)
    await writes(owner, database, "11通目")
    await writes(owner, database, "12通目")
    await standing(database, *["done"] * 11, "held", "held")
    assert len(owner.line.pushes()) == 10
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    quota = [(line["level"], line["status"]) for line in told if line["event"] == "quota"]
    assert quota == [("warning", "8 of 10"), ("error", "used up")]
    shown = await metrics(owner)
    assert 'mamori_line_pushes{account="default"} 10.0' in shown
    assert 'mamori_line_push_quota{account="default"} 10.0' in shown
    assert 'mamori_undelivered{channel="line",status="held"} 2.0' in shown
    await owner.says("何か届いていませんか")
    await owner.gets(12)
    assert owner.line.sent[11].way == "reply"
    assert owner.line.sent[11].texts[0].startswith("11通目")
    assert "お答え：何か届いて" in "".join(owner.line.sent[11].texts)
    await until(lambda: {one.status for one in deliveries(database)} == {"done"})


async def test_with_a_quota_of_nothing_nothing_is_ever_paid_for(
    on_phone_settings: GatewaySettings, line: LineStandIn, database: Engine
) -> None:
    async with phone(on_phone_settings.model_copy(update={"line_monthly_pushes": 0}), line) as one:
        await one.says("はじめまして")
        await one.gets()
        await writes(one, database, "担当です")
        assert (await standing(database, "done", "held"))[1].error == "Quota"
        assert line.pushes() == []


async def test_lines_own_monthly_limit_holds_back_too_and_is_not_counted(
    owner: Phone, database: Engine
) -> None:
    owner.line.limit = 0
    await owner.says("はじめまして")
    await owner.gets()
    await writes(owner, database, "担当です")
    assert (await standing(database, "done", "held"))[1].error == "Quota"
    assert owner.door.pushes.counts() == {"default": 0}


async def test_a_push_to_a_group_counts_everybody_in_it(owner: Phone, database: Engine) -> None:
    mention = {"mentionees": [{"index": 0, "length": 4, "type": "user", "isSelf": True}]}
    asked = happen.words("@まもり はい", happen.group(GROUP, USER), "expired-token", mention=mention)
    owner.line.members = 7
    await owner.does(asked)
    await owner.gets()
    assert owner.line.sent[0].to == GROUP
    assert owner.door.pushes.counts() == {"default": 7}
    await owner.does(asked | {"webhookEventId": "ANOTHER"})
    assert (await standing(database, "done", "held"))[1].error == "Quota"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_while_line_is_busy_or_away_a_push_is_repeated_with_its_key_and_counted_once(
    owner: Phone, database: Engine, status: int
) -> None:
    await owner.says("はじめまして")
    await owner.gets()
    owner.line.troubles = [Trouble("push", status), Trouble("push", status)]
    await writes(owner, database, "担当です")
    await owner.gets(2)
    sent = deliveries(database)[1]
    assert (sent.attempts, owner.line.sent[1].key) == (3, sent.key)
    assert owner.door.pushes.counts() == {"default": 1}


async def test_a_push_of_which_nothing_was_heard_is_not_sent_twice(owner: Phone, database: Engine) -> None:
    await owner.says("はじめまして")
    await owner.gets()
    owner.line.troubles = [Trouble("push", 500, is_taken=True)]
    await writes(owner, database, "一度だけです")
    await standing(database, "done", "done")
    assert [way for way, _ in owner.line.asked] == ["reply", "push", "push"]
    assert len(owner.line.pushes()) == 1


async def test_while_line_is_busy_the_reply_is_tried_again_as_long_as_it_is_free(owner: Phone) -> None:
    owner.line.troubles = [Trouble("reply", 429, headers={"Retry-After": "0"}), Trouble("reply", 500)]
    await owner.says("混んでいますか")
    await owner.gets()
    assert [one.way for one in owner.line.sent] == ["reply"]


async def test_a_reply_of_which_nothing_was_heard_is_not_sent_twice(
    on_phone_settings: GatewaySettings, line: LineStandIn, database: Engine
) -> None:
    async with phone(on_phone_settings.model_copy(update={"send_timeout_seconds": 0.3}), line) as one:
        line.troubles = [Trouble("reply", 500, seconds=1, is_taken=True)]
        await one.says("一度だけです")
        (sent,) = await standing(database, "done")
        assert (sent.attempts, len(line.sent)) == (2, 1)


async def test_a_gateway_killed_in_mid_reply_does_not_answer_twice(
    on_phone_settings: GatewaySettings, line: LineStandIn, database: Engine
) -> None:
    line.troubles = [Trouble("reply", 500, seconds=1, is_taken=True)]
    async with phone(on_phone_settings, line) as one:
        await one.says("途中で切れました")
        await until(lambda: len(line.sent) == 1)
        assert [d.status for d in deliveries(database)] == ["run"]
    await _lease_runs_out(database)
    async with phone(on_phone_settings, line) as again:
        (sent,) = await standing(database, "done")
        assert sent.is_repeat
        assert len(line.sent) == 1
        assert 'mamori_deliveries_repeated_total{channel="line"} 1.0' in await metrics(again)


async def test_a_gateway_killed_before_the_reply_got_out_answers_after_all(
    on_phone_settings: GatewaySettings, line: LineStandIn, database: Engine
) -> None:
    line.troubles = [Trouble("reply", 500, seconds=1)]
    async with phone(on_phone_settings, line) as one:
        await one.says("途中で切れました")
        await until(lambda: len(line.troubles) == 0)
    await _lease_runs_out(database)
    async with phone(on_phone_settings, line):
        (sent,) = await standing(database, "done")
        assert sent.is_repeat
        assert [one.way for one in line.sent] == ["reply"]


async def _lease_runs_out(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(update(Delivery).values(lease_until=now() - timedelta(seconds=1)))


async def test_a_revoked_token_is_tried_once_an_answer_and_seen(
    owner: Phone, database: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    owner.line.revoked = {TOKEN}
    await owner.says("届きますか")
    await owner.says("これは")
    found = await standing(database, "dead", "dead")
    assert [(one.error, one.attempts) for one in found] == [("TokenRefused", 1)] * 2
    await asyncio.sleep(0.3)
    assert owner.line.asked == []
    assert [(t.account, t.error, t.many) for t in owner.door.pushes.troubles()] == [
        ("default", "TokenRefused", 2)
    ]
    owner.line.revoked = set()
    assert len(owner.app.state.deliveries.revive(None)) == 2
    await owner.gets(2)


async def test_who_blocked_us_unnoticed_costs_one_try_and_no_quota(owner: Phone, database: Engine) -> None:
    await owner.says("はじめまして")
    await owner.gets()
    owner.line.blocked = {USER}
    await writes(owner, database, "担当です")
    found = await standing(database, "done", "dead")
    assert (found[1].error, found[1].attempts) == ("Refused", 1)
    assert owner.door.pushes.counts() == {"default": 0}


async def test_an_account_that_was_removed_is_told_of(owner: Phone, database: Engine) -> None:
    await owner.says("はじめまして")
    await owner.gets()
    with database.begin() as connection:
        connection.execute(update(Caller).values(account="gone"))
    await writes(owner, database, "担当です")
    assert (await standing(database, "done", "dead"))[1].error == "AccountGone"


async def test_an_answer_that_line_takes_in_words_of_its_own_counts_as_sent(
    owner: Phone, database: Engine
) -> None:
    owner.line.troubles = [Trouble("reply", 200, "", is_taken=True)]
    await owner.says("変わった返事")
    (sent,) = await standing(database, "done")
    assert sent.attempts == 1


async def test_what_cannot_be_shown_to_be_thought_about_is_answered_all_the_same(owner: Phone) -> None:
    owner.line.troubles = [Trouble("start", 500)]
    await owner.says("考えていますか")
    await owner.gets()
    assert owner.line.loading == []


async def test_the_sign_of_thinking_never_comes_after_the_answer(owner: Phone) -> None:
    owner.line.troubles = [Trouble("start", 202, seconds=0.4, is_taken=True)]
    await owner.says("どちらが先ですか")
    await owner.gets()
    assert owner.line.loading == [(USER, 40)]
    assert owner.line.asked[0][0] == "reply"


async def test_many_owners_at_once_are_each_answered_once(owner: Phone) -> None:
    users = [somebody() for _ in range(20)]
    await asyncio.gather(*(owner.says(f"{user}から", user) for user in users))
    await owner.gets(20)
    await asyncio.sleep(0.2)
    assert sorted(one.to for one in owner.line.sent) == sorted(users)
