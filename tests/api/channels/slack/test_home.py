"""The Home tab shows what is known of the company, and shows it anew when that has changed."""

import json
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from api.channels.slack.home_view import home_view
from api.channels.slack.wording import read_wording
from api.conversations.schemas import Profile, SelfCheckResult
from api.conversations.store import Store
from api.instants import now
from api.tables import SlackHome
from ops.rehearsal.slack import SlackStandIn
from ops.rehearsal.slack_limits import wrong_with_view
from tests.api.channels.slack.counter import Counter
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until

WORDING = read_wording(Path("data/responses"))


def words(view: dict[str, object]) -> str:
    return json.dumps(view, ensure_ascii=False)


def test_who_has_told_nothing_sees_how_to_begin() -> None:
    view = home_view(Profile(), WORDING)
    assert wrong_with_view(view) is None
    for said in ("まだ何も伺っていません", "まだ診断していません", "はじめから相談する", "記録を消す"):
        assert said in words(view)


def test_the_company_and_its_last_self_check_are_shown() -> None:
    result = SelfCheckResult(points=62, most=100, parts={}, quick=False, finished_on=date(2026, 11, 23))
    profile = Profile(
        industry="宿泊業", employees=12, prefecture="石川県", municipality="金沢市", telework=False
    ).model_copy(update={"self_check": result})
    view = home_view(profile, WORDING)
    assert wrong_with_view(view) is None
    for said in ("宿泊業", "12名", "石川県金沢市", "いいえ", "62点（100点満点）", "2026年11月23日に実施"):
        assert said in words(view)


def test_no_name_of_a_place_can_call_anybody() -> None:
    view = home_view(Profile(municipality="<!here>" * 2_000, industry="<@U1>"), WORDING)
    assert wrong_with_view(view) is None
    assert "<!here" not in words(view)
    assert "<@U1" not in words(view)


async def test_home_is_published_when_it_is_opened(ryokan: Counter, slack: SlackStandIn) -> None:
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    assert slack.views[ryokan.user]["type"] == "home"


async def test_home_follows_what_the_owner_tells(
    ryokan: Counter, slack: SlackStandIn, rasa: FakeRasa
) -> None:
    company = {"company": {"industry": "宿泊業", "employees": 12}}
    rasa.says["12人の旅館です"] = [text("12名の旅館さんですね。"), custom("profile", state=company)]
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    await ryokan.asks(ryokan.says("12人の旅館です"))
    await until(lambda: "12名" in words(slack.views[ryokan.user]))


async def test_home_is_not_published_again_when_nothing_has_changed(
    ryokan: Counter, slack: SlackStandIn
) -> None:
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    for number in range(3):
        await ryokan.asks(ryokan.says(f"質問{number}"))
    await ryokan.settles()
    assert len(ryokan.calls("views.publish")) == 1


async def test_home_of_who_never_opened_it_is_left_alone(ryokan: Counter) -> None:
    await ryokan.asks(ryokan.says("12人の旅館です"))
    await ryokan.settles()
    assert ryokan.calls("views.publish") == []


async def test_after_everything_is_deleted_home_shows_nothing_any_more(
    ryokan: Counter, slack: SlackStandIn, rasa: FakeRasa
) -> None:
    rasa.says["旅館です"] = [
        text("旅館さんですね。"),
        custom("profile", state={"company": {"employees": 12}}),
    ]
    await ryokan.asks(ryokan.says("旅館です"))
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: "12名" in words(slack.views.get(ryokan.user, {})))
    forget = {"type": "button", "action_id": "forget", "value": "forget"}
    await ryokan.takes(ryokan.acts(forget, None))
    await until(lambda: "12名" not in words(slack.views[ryokan.user]))


async def test_who_has_not_looked_for_long_is_forgotten_there_too(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    homes = select(SlackHome.lookup)
    Store(database).purge(now() - timedelta(days=90))
    with database.connect() as connection:
        assert len(connection.execute(homes).all()) == 1
    Store(database).purge(now() + timedelta(seconds=1))
    with database.connect() as connection:
        assert connection.execute(homes).all() == []
