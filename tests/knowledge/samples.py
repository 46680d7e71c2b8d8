"""Small content folders to load: whole records that a test changes in one place."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine

from knowledge.collection import Content
from knowledge.documents import KINDS
from knowledge.loading import load, read

SOURCE = {
    "title": "IPA の手引き",
    "url": "https://www.ipa.go.jp/",
    "published": "2026-03",
    "checked_on": "2026-11-23",
}
COMMON = {
    "aliases": [],
    "confidence": "high",
    "sources": [SOURCE],
    "related": [],
    "review": {"status": "checked", "on": "2026-11-23"},
}
MEASURE = {
    **COMMON,
    "slug": "backup",
    "title": "バックアップ（控え）",
    "plain": "大事なデータの写しを別の場所に置きます。",
    "first_step": "会計のデータを外付けのHDDに写します。",
    "short_step": "写しを1つ取る",
    "stage": "今すぐ",
    "protects_against": ["ランサムウェア"],
    "effort": None,
    "costs": [],
    "free_help": [],
    "ipa_basic_no": 6,
    "self_check_nos": [],
    "scs_star3_nos": [],
    "priority_up_if": [],
    "adoption": None,
    "facts": [],
    "caution": None,
}
INCIDENT = {
    **COMMON,
    "slug": "inc-001",
    "title": "旅館のランサムウェア被害",
    "happened": "2026-02",
    "industry": "宿泊業",
    "trade": "旅館",
    "organisation": "株式会社見本旅館",
    "named": False,
    "told_as": "温泉地の旅館",
    "size_band": None,
    "incident_kind": "ransomware",
    "what": "予約の台帳が開けなくなった。",
    "cause": None,
    "damage": None,
    "recovery": None,
    "lesson": "控えを別の場所に置く。",
    "measures": [],
}
SUBSIDY = {
    **COMMON,
    "slug": "ishikawa-digital",
    "title": "石川県デジタル化補助金",
    "scheme": "石川県デジタル化補助金",
    "tier": "A",
    "operator": "石川県",
    "region": {"level": "prefecture", "prefecture": "石川県", "municipality": None},
    "target": None,
    "target_industry": None,
    "industries": [],
    "target_size": None,
    "max_employees": None,
    "plain": "機器の費用の半分が出ます。",
    "eligible_expenses": [],
    "security_relevance": "explicit",
    "rate": "1/2",
    "cap_yen": 500000,
    "cap_note": None,
    "floor_yen": None,
    "prerequisites": [],
    "windows": [{"round": "1次", "start": "2026-04-01", "end": "2026-12-15", "time": "17:00", "note": None}],
    "year_round": False,
    "method": None,
    "documents": [],
    "lead_time": None,
    "official_url": None,
    "official_url_verified": False,
    "caution": None,
}
PLAYBOOK = {
    **COMMON,
    "slug": "ransomware",
    "title": "ランサムウェア",
    "incident_kinds": ["ransomware", "emotet"],
    "now": ["LANの線を抜く", "電源は切らない"],
    "steps": [],
    "do_not": [],
    "evidence": [],
    "notify": [],
    "call_first": [],
}
CONTACT = {
    **COMMON,
    "slug": "police",
    "title": "警察の相談窓口",
    "use_for": [],
    "plain": "被害にあったときに相談できます。",
    "phone": "#9110",
    "by_phone": True,
    "email": None,
    "web": None,
    "hours": None,
    "how": None,
    "cost": None,
    "note": None,
}


INDUSTRIES = [
    {"name": "宿泊業", "holds": "宿泊者の個人情報", "level": 2, "trades": ["旅館", "民宿", "宿"]},
    {"name": "医療、福祉", "holds": "患者の健康の情報", "level": 2, "trades": ["歯医者"]},
    {"name": "その他", "holds": None, "level": 1, "trades": ["農家"]},
]
INCIDENT_KINDS = [
    {"slug": "ransomware", "label": "ランサムウェア", "words": ["ランサム", "脅迫文"]},
    {"slug": "emotet", "label": "Emotet", "words": ["エモテット"]},
]
PURPOSES = [{"slug": "device", "label": "対策の機器", "words": ["UTM", "機器"], "measures": []}]
PLACES = {
    "not_alone": ["伊豆"],
    "also": {},
    "prefectures": [
        {"name": "石川県", "short": "石川", "municipalities": ["金沢市", "津幡町"]},
        {"name": "富山県", "short": "富山", "municipalities": ["富山市"]},
        {"name": "静岡県", "short": "静岡", "municipalities": ["伊豆市", "静岡市", "静岡市葵区"]},
        {"name": "東京都", "short": "東京", "municipalities": ["府中市", "港区"]},
        {"name": "三重県", "short": "三重", "municipalities": ["津市"]},
        {"name": "広島県", "short": "広島", "municipalities": ["府中市"]},
    ],
}


def measure(**changes: Any) -> dict[str, Any]:
    return _changed("measure", MEASURE, changes)


def incident(**changes: Any) -> dict[str, Any]:
    return _changed("incident", INCIDENT, changes)


def subsidy(**changes: Any) -> dict[str, Any]:
    return _changed("subsidy", SUBSIDY, changes)


def playbook(**changes: Any) -> dict[str, Any]:
    return _changed("playbook", PLAYBOOK, changes)


def contact(**changes: Any) -> dict[str, Any]:
    return _changed("contact", CONTACT, changes)


def without(record: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != key}


def put(content_dir: Path, file: str, body: object) -> None:
    """Write ``kind/name.yml``; text is written as it stands, anything else as YAML."""
    path = content_dir / file
    path.parent.mkdir(parents=True, exist_ok=True)
    text = body if isinstance(body, str) else yaml.safe_dump(body, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def put_vocabulary(directory: Path) -> None:
    """A few industries, kinds of incident and places, so that a test loads fast."""
    put(directory, "industry.yml", {"industries": INDUSTRIES})
    put(directory, "incident_kind.yml", {"incident_kinds": INCIDENT_KINDS})
    put(directory, "purpose.yml", {"purposes": PURPOSES})
    put(directory, "outside.yml", {"outside": ["火災保険"]})
    put(directory, "place.yml", PLACES)


def read_small(content_dir: Path) -> Content:
    return read(content_dir, content_dir.parent / "vocabulary")


def load_small(engine: Engine, content_dir: Path) -> dict[str, int]:
    return load(engine, content_dir, content_dir.parent / "vocabulary")


def _changed(kind: str, record: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """In the order of the document's keys; a key that it has not comes last."""
    changed = deepcopy(record) | changes
    order = [name for name in KINDS[kind].model_fields if name in changed]
    return {name: changed[name] for name in (*order, *(changed.keys() - set(order)))}
