"""Who is believed to ask from where, and what only this machine may see."""

from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr, ValidationError

from api.main import create_app
from api.settings import GatewaySettings
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import gateway
from tests.api.owner import Owner
from tests.api.test_door import is_problem


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mamori.db'}"


@pytest.mark.parametrize("proxies", ["*", "somewhere", "10.0.0.0/33"])
def test_a_proxy_is_named_by_its_address(proxies: str) -> None:
    with pytest.raises(ValidationError):
        GatewaySettings(_env_file=None, trusted_proxies=proxies)


async def test_the_figures_are_shown_to_this_machine(client: httpx2.AsyncClient) -> None:
    shown = await client.get("/metrics")
    assert shown.status_code == 200
    assert "mamori_inbox_depth 0.0" in shown.text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_a_proxy_on_this_machine_is_not_this_machine(client: httpx2.AsyncClient, header: str) -> None:
    assert is_problem(await client.get("/metrics", headers={header: "127.0.0.1"}), 404)


async def test_from_elsewhere_the_figures_need_the_token(settings: GatewaySettings) -> None:
    with_token = settings.model_copy(update={"metrics_token": SecretStr("watching")})
    for given, key, status in [
        (settings, "", 404),
        (settings, "Bearer ", 404),
        (with_token, "Bearer wrong", 404),
        (with_token, "Bearer watching", 200),
        (with_token, "", 404),
    ]:
        app = create_app(given)
        far = httpx2.ASGITransport(app=app, client=("192.0.2.1", 1))
        client = httpx2.AsyncClient(transport=far, base_url="http://mamori.test")
        async with app.router.lifespan_context(app), client:
            headers = {"Authorization": key} if key else {}
            assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_the_figures_tell_what_happened_and_no_words(settings: GatewaySettings, rasa: FakeRasa) -> None:
    async with gateway(settings) as client:
        owner = await Owner.opens(client)
        await owner.says("社外秘の質問")
        rasa.trouble = "silent"
        await owner.says("社外秘の相談")
        await owner.reads_until("お答えできませんでした")
        text = (await client.get("/metrics")).text
    assert 'mamori_turns_total{outcome="answered",topic="measure"} 1.0' in text
    assert 'mamori_turns_total{outcome="dead",topic="-"} 1.0' in text
    assert 'mamori_engine_failures_total{error="EngineSilent"} 3.0' in text
    assert 'mamori_turn_stage_seconds_count{stage="engine"} 4.0' in text
    assert "mamori_dead_letters 1.0" in text
    assert 'route="/api/v1/conversations/{conversation_id}/messages"' in text
    for secret in ("社外秘", owner.id, owner.token):
        assert secret not in text
