"""``mamori knowledge sync-jgrants`` as it is typed, against a fake of the public API."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

import ops.jgrants.syncing
from api.instants import JAPAN
from api.keyring import keys_for
from knowledge.database import connect
from knowledge.documents import SyncedSubsidy
from knowledge.library import Library
from knowledge.synced import last_sync
from ops.cli import main
from ops.database import upgrade
from ops.jgrants.client import Manners
from ops.jgrants.gathering import DETAIL_KEPT, KEYWORDS, LIST_KEPT
from ops.jgrants.syncing import sync
from ops.settings import OperatorSettings
from tests.knowledge.samples import load_small, put, put_vocabulary, subsidy
from tests.ops.fake_jgrants import MEGABYTE, FakeJgrants

HURRIED = Manners(connect=2, read=0.5, whole=5, pauses=(0.01, 0.02), apart=0)
NEWS = [f"デジタル化補助金その{number}" for number in range(1, 9)]


@pytest.fixture
def jgrants(running: FakeJgrants) -> FakeJgrants:
    running.reset()
    return running


@pytest.fixture
def settings(jgrants: FakeJgrants, database_url: str, tmp_path: Path) -> OperatorSettings:
    return OperatorSettings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=database_url,
        jgrants_api_base=jgrants.base,
    )


@pytest.fixture
def database(settings: OperatorSettings, tmp_path: Path) -> Iterator[Engine]:
    """Prepared, with one reviewed subsidy."""
    upgrade(settings.database, keys_for(settings))
    engine = connect(settings.database)
    put_vocabulary(tmp_path / "vocabulary")
    put(tmp_path / "content", "subsidy/ishikawa-digital.yml", subsidy())
    load_small(engine, tmp_path / "content")
    yield engine
    engine.dispose()


@dataclass
class Done:
    status: int
    out: str
    err: str


class Mamori:
    """The program, as it is typed; ``hours_later`` lets everything that was kept grow old."""

    def __init__(
        self,
        settings: OperatorSettings,
        patch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self._settings, self._patch, self._capsys = settings, patch, capsys
        self.reaches(settings.jgrants_api_base)
        patch.setenv("MAMORI_DATA_DIR", str(settings.data_dir))
        patch.setenv("MAMORI_DATABASE_URL", settings.database_url)
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setattr(ops.jgrants.syncing, "MANNERS", HURRIED)

    def reaches(self, base: str) -> None:
        self._patch.setenv("MAMORI_JGRANTS_API_BASE", base)

    def hours_later(self) -> None:
        for file in (self._settings.data_dir / "jgrants").iterdir():
            file.unlink()

    def __call__(self, *words: str) -> Done:
        self._patch.setattr(sys, "argv", ["mamori", "knowledge", "sync-jgrants", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self._capsys.readouterr()
        return Done(int(ended.value.code or 0), told.out.strip(), told.err.strip())


@pytest.fixture
def mamori(
    settings: OperatorSettings,
    database: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Mamori:
    return Mamori(settings, monkeypatch, capsys)


def synced(database: Engine) -> list[SyncedSubsidy]:
    return Library(database).every(SyncedSubsidy)


def add(jgrants: FakeJgrants, *titles: str) -> list[str]:
    return [jgrants.add(title) for title in titles]


def test_what_takes_applications_is_copied_and_told(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine
) -> None:
    add(jgrants, "石川県デジタル化支援補助金", "石川県スマート農業DX補助金")
    done = mamori()
    assert (done.status, done.err) == (0, "")
    assert done.out == "Jグランツから 2件（対象 1件）を写しました。"
    (found,) = synced(database)
    assert (found.slug, found.title) == ("jgrants-s-00000001", "石川県デジタル化支援補助金")
    assert (
        found.plain == "Jグランツ掲載の制度です。業務ソフト・クラウドの導入などに使えることがあり、"
        "費用の1/2（小規模事業者は2/3）、最大100万円が出ます。"
    )
    assert (found.tier, found.confidence, found.scheme) == ("B", "medium", "subsidy")
    assert (found.region.level, found.region.prefecture) == ("prefecture", "石川県")
    assert found.industries == ["卸売業", "小売業", "宿泊業", "飲食業"]
    assert (found.max_employees, found.cap_yen, found.purposes) == (300, 1_000_000, ["it-system"])
    assert [(rate.who, rate.share) for rate in found.rates] == [("all", "1/2"), ("small", "2/3")]
    (window,) = found.windows
    assert (window.round, window.start, window.end, window.time) == (
        "第2回",
        date(2026, 11, 1),
        date(2099, 12, 18),
        "17:00",
    )
    page = "https://www.jgrants-portal.go.jp/subsidy/a0WJ20000000001MAX"
    assert (str(found.official_url), found.official_url_verified) == (page, True)
    (source,) = found.sources
    assert source.title == "Jグランツ（デジタル庁）掲載情報を加工して作成"
    assert (str(source.url), source.checked_on) == (page, datetime.now(JAPAN).date())


def test_the_copy_is_found_behind_the_reviewed_records(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine
) -> None:
    library = Library(database, recheck_seconds=0)
    assert library.synced_at() is None
    jgrants.add("金沢市DX推進補助金")
    mamori()
    assert [one.slug for one in library.every(type(library.get("subsidy/ishikawa-digital")))] == [
        "ishikawa-digital",
        "jgrants-s-00000001",
    ]
    assert library.get("subsidy/jgrants-s-00000001").title == "金沢市DX推進補助金"
    assert library.meaning("subsidy", "金沢市ＤＸ推進補助金") == "subsidy/jgrants-s-00000001"
    at = library.synced_at()
    assert at is not None
    assert datetime.now(JAPAN) - at < timedelta(minutes=1)


def test_the_next_copy_replaces_the_last_one(mamori: Mamori, jgrants: FakeJgrants, database: Engine) -> None:
    ids = add(jgrants, *NEWS[:2])
    mamori()
    mamori.hours_later()
    del jgrants.schemes[ids[0]]
    jgrants.schemes[ids[1]]["subsidy_max_limit"] = 0
    assert mamori().status == 0
    assert [(one.title, one.cap_yen) for one in synced(database)] == [(NEWS[1], None)]


def test_less_than_half_is_not_believed(mamori: Mamori, jgrants: FakeJgrants, database: Engine) -> None:
    ids = add(jgrants, *NEWS[:5])
    mamori()
    mamori.hours_later()
    for id_ in ids[:3]:
        del jgrants.schemes[id_]
    refused = mamori()
    assert (refused.status, refused.out) == (1, "")
    assert "前回 5件、今回 2件" in refused.err
    assert "写しをそのまま使います。" in refused.err
    assert "--force" in refused.err
    assert len(synced(database)) == 5
    assert mamori("--force").status == 0
    assert len(synced(database)) == 2


def test_just_half_is_believed(mamori: Mamori, jgrants: FakeJgrants, database: Engine) -> None:
    ids = add(jgrants, *NEWS[:4])
    mamori()
    mamori.hours_later()
    for id_ in ids[:2]:
        del jgrants.schemes[id_]
    assert mamori().status == 0
    assert len(synced(database)) == 2


def test_without_a_network_the_last_copy_stays_and_its_age_is_told(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine
) -> None:
    nowhere = "http://127.0.0.1:9/exp"
    mamori.reaches(nowhere)
    assert mamori().err == "つながりませんでした。写しはまだありません。"
    mamori.reaches(jgrants.base)
    add(jgrants, *NEWS[:2])
    mamori()
    at = last_sync(database)
    assert at is not None
    mamori.reaches(nowhere)
    refused = mamori()
    told = at.synced_at.astimezone(JAPAN)
    age = f"{told.month}月{told.day}日{told.hour}時"
    assert refused.err == f"つながりませんでした。前回（{age}）の写しをそのまま使います。"
    assert (refused.status, refused.out) == (1, "")
    assert len(synced(database)) == 2
    assert last_sync(database) == at


BROKEN_LISTS = {
    "truncated": "読めませんでした",
    "html": "読めませんでした",
    "shapeless": "読めませんでした",
    "endless": "大きすぎました",
    "slow": "つながりませんでした",
    500: "答えを返せませんでした（500）",
    400: "答えを返せませんでした（400）",
}


def test_a_broken_search_changes_nothing(mamori: Mamori, jgrants: FakeJgrants, database: Engine) -> None:
    add(jgrants, *NEWS[:2])
    mamori()
    before = last_sync(database)
    jgrants.add(NEWS[2])
    for trouble, told in BROKEN_LISTS.items():
        mamori.hours_later()
        jgrants.trouble["テレワーク"] = [trouble]
        refused = mamori()
        assert refused.status == 1, trouble
        assert told in refused.err
        assert "写しをそのまま使います。" in refused.err
        assert "Traceback" not in refused.err
    assert last_sync(database) == before
    assert len(synced(database)) == 2


def test_one_scheme_that_cannot_be_read_is_left_out_and_told(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine
) -> None:
    ids = add(jgrants, *NEWS[:4])
    for trouble in ("truncated", "empty", "declared", 503, "slow"):
        mamori.hours_later() if synced(database) else None
        jgrants.trouble[f"v2/{ids[0]}"] = [trouble]
        done = mamori()
        assert done.out == "Jグランツから 4件（対象 3件）を写しました。読めなかった 1件は写していません。"
        assert [one.title for one in synced(database)] == NEWS[1:4]


def test_many_schemes_that_cannot_be_read_change_nothing(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine
) -> None:
    ids = add(jgrants, *NEWS[:4])
    for id_ in ids[:2]:
        jgrants.trouble[f"v2/{id_}"] = ["truncated"]
    refused = mamori("--force")
    assert refused.status == 1
    assert refused.err == "Jグランツの答えを読めませんでした。写しはまだありません。"
    assert last_sync(database) is None


def test_a_scheme_withdrawn_meanwhile_is_no_trouble(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine
) -> None:
    ids = add(jgrants, *NEWS[:3])
    for id_ in ids[:2]:
        jgrants.trouble[f"v2/{id_}"] = jgrants.trouble[f"v1/{id_}"] = [404]
    assert mamori().out == "Jグランツから 3件（対象 1件）を写しました。"


@pytest.mark.parametrize("status", [404, 500])
def test_the_older_form_is_asked_where_the_newer_fails(
    mamori: Mamori, jgrants: FakeJgrants, database: Engine, status: int
) -> None:
    (id_,) = add(jgrants, NEWS[0])
    jgrants.trouble[f"v2/{id_}"] = [status]
    mamori()
    (found,) = synced(database)
    assert jgrants.asked[f"v1/{id_}"] == 1
    assert (found.windows[0].round, found.windows[0].time) == ("公募", "17:00")
    assert found.region.prefecture == "石川県"


def test_a_bad_minute_is_waited_for(mamori: Mamori, jgrants: FakeJgrants) -> None:
    (id_,) = add(jgrants, NEWS[0])
    jgrants.trouble["DX"] = [429, 503, 200]
    jgrants.trouble["サイバー"] = ["slow", 200]
    jgrants.trouble[f"v2/{id_}"] = [502, 200]
    assert mamori().status == 0
    assert (jgrants.asked["DX"], jgrants.asked["サイバー"], jgrants.asked[f"v2/{id_}"]) == (3, 2, 2)
    assert jgrants.asked["デジタル"] == 1


def test_a_refusal_is_not_asked_again(mamori: Mamori, jgrants: FakeJgrants) -> None:
    jgrants.trouble["DX"] = [400]
    assert mamori().status == 1
    assert jgrants.asked["DX"] == 1


def test_answers_are_kept_for_a_while(
    settings: OperatorSettings,
    jgrants: FakeJgrants,
    database: Engine,
    mamori: Mamori,
) -> None:
    (id_,) = add(jgrants, NEWS[0])
    start = datetime.now(JAPAN)
    asked = []
    for later in (timedelta(), LIST_KEPT / 2, LIST_KEPT, DETAIL_KEPT, timedelta(days=1)):
        assert sync(settings, database, force=False, clock=lambda at=start + later: at).took
        asked.append((jgrants.asked["DX"], jgrants.asked[f"v2/{id_}"]))
    assert asked == [(1, 1), (1, 1), (2, 1), (3, 2), (4, 2)]
    assert len(KEYWORDS) == 9


def test_nothing_of_the_texts_and_attachments_is_kept(
    mamori: Mamori, jgrants: FakeJgrants, settings: OperatorSettings, database: Engine
) -> None:
    secret = "この文章は実施機関のものです"
    large = [{"name": "公募要領.pdf", "data": "QUJD" * (4 * MEGABYTE)}]
    jgrants.add("石川県DX補助金", detail=f"<p>{secret}。</p>", application_guidelines=large)
    assert mamori().out == "Jグランツから 1件（対象 1件）を写しました。"
    kept = [file.read_text() for file in (settings.data_dir / "jgrants").iterdir()]
    assert len(kept) == len(KEYWORDS) + 1
    for text in (*kept, synced(database)[0].model_dump_json()):
        assert secret not in text
        assert "QUJD" not in text
        assert len(text) < 4_000


def test_a_kept_answer_that_is_broken_is_asked_for_again(
    mamori: Mamori, jgrants: FakeJgrants, settings: OperatorSettings, database: Engine
) -> None:
    add(jgrants, NEWS[0])
    mamori()
    for file, rubbish in zip(
        sorted((settings.data_dir / "jgrants").iterdir()), ["", "[]", "{", "null"] * 3, strict=False
    ):
        file.write_text(rubbish)
    assert mamori().out == "Jグランツから 1件（対象 1件）を写しました。"


def test_answers_of_another_address_do_not_count(
    mamori: Mamori, jgrants: FakeJgrants, settings: OperatorSettings
) -> None:
    add(jgrants, NEWS[0])
    folder = settings.data_dir / "jgrants"
    folder.mkdir(parents=True)
    kept = {"at": datetime.now(JAPAN).isoformat(), "mark": "1 http://127.0.0.1:9/exp", "value": []}
    (folder / "list-DX.json").write_text(json.dumps(kept))
    mamori()
    assert jgrants.asked["DX"] == 1


def test_a_database_that_was_never_prepared_is_said_so(
    settings: OperatorSettings,
    jgrants: FakeJgrants,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    refused = Mamori(settings, monkeypatch, capsys)()
    assert refused.status == 1
    assert "mamori prepare" in refused.err
    assert not jgrants.asked
