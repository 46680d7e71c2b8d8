"""Answers as Slack shows them: cards, buttons, thumbs and sources, always within Slack's limits."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as patience
from hypothesis import strategies as st

from api.channels.slack.rendering import FALLBACK, Post, posts
from api.channels.slack.wording import read_wording
from api.channels.slack.words import plain
from api.instants import now
from api.tables import Message
from ops.rehearsal.slack_limits import mistakes, wrong_with_message
from tests.api.fake_rasa import BACKUP

WORDING = read_wording(Path("data/responses"))
URL = "https://mamori.test"
SUBSIDY = BACKUP | {
    "id": "subsidy/digital-ai",
    "title": "デジタル化・AI導入補助金",
    "source_title": "公募要領",
}


def message(text: str = "お答えです。", role: str = "bot", **more: Any) -> Message:
    known: dict[str, Any] = {
        "id": "m_1",
        "role": role,
        "text": text,
        "topic": "measure" if role == "bot" else None,
        "refs": [],
        "choices": [],
        "attachments": [],
        "sender": None,
        "created_at": now(),
    }
    return Message(**(known | more))


def shown(*messages: Message, public_url: str = URL) -> list[Post]:
    found = posts(messages, "U0RYOKAN", WORDING, public_url)
    for post in found:
        assert wrong_with_message({"text": post.text, "blocks": post.blocks}) is None
        assert list(mistakes(post.blocks, "message")) == []
        assert len(post.text) <= FALLBACK
    return found


def kinds(post: Post) -> list[str]:
    return [block["type"] for block in post.blocks]


def words(post: Post) -> str:
    return json.dumps(post.blocks, ensure_ascii=False)


def test_a_measure_is_a_card_with_its_name_source_choices_and_thumbs() -> None:
    choices = [{"id": "ch_1", "label": "もっと詳しく"}, {"id": "ch_2", "label": "ほかの対策"}]
    (post,) = shown(message(refs=[BACKUP], choices=choices))
    assert kinds(post) == ["header", "section", "context", "actions", "context_actions"]
    assert post.blocks[0]["text"]["text"] == "対策：バックアップ"
    source = post.blocks[2]["elements"][0]["text"]
    assert source.startswith(
        "出典：<https://www.ipa.go.jp/security/guide/sme/|中小企業の情報セキュリティ対策"
    )
    assert source.endswith("（2026年3月）／確認 11月23日")
    assert [button["value"] for button in post.blocks[3]["elements"]] == ["ch_1", "ch_2"]
    thumbs = post.blocks[4]["elements"][0]
    assert thumbs["type"] == "feedback_buttons"
    assert thumbs["positive_button"]["value"] == "up m_1"


def test_a_source_of_several_records_is_one_link() -> None:
    updates = BACKUP | {"id": "measure/updates", "title": "更新"}
    longer = BACKUP | {
        "source_title": f"{BACKUP['source_title']} 付録",
        "source_url": "https://example.test/",
    }
    (post,) = shown(message(refs=[BACKUP, updates, longer]))
    line = next(block for block in post.blocks if block["type"] == "context")["elements"][0]["text"]
    title = BACKUP["source_title"]
    assert line == (
        f"出典：<{BACKUP['source_url']}|{title}>（2026年3月）、"
        f"<https://example.test/|{title} 付録>（2026年3月）／確認 11月23日"
    )


@pytest.mark.parametrize(
    ("topic", "kind", "heading"),
    [
        ("incident_case", "incident/inc-001", "被害事例：診療所の事例"),
        ("subsidy", "subsidy/x", "補助金・支援制度：診療所の事例"),
    ],
)
def test_cases_and_subsidies_are_cards_too(topic: str, kind: str, heading: str) -> None:
    (post,) = shown(message(topic=topic, refs=[BACKUP | {"id": kind, "title": "診療所の事例"}]))
    assert post.blocks[0]["text"]["text"] == heading


def test_several_subsidies_stand_each_by_itself_under_one_heading() -> None:
    text = "使えそうなのは2つです。\n① デジタル化・AI導入補助金\n最大150万円\n② 県の補助金\n最大50万円"
    (post,) = shown(message(text, topic="subsidy", refs=[SUBSIDY, SUBSIDY | {"id": "subsidy/ishikawa"}]))
    assert kinds(post)[:6] == ["header", "section", "divider", "section", "divider", "section"]
    assert post.blocks[0]["text"]["text"] == "補助金・支援制度"


def test_an_explanation_is_no_card() -> None:
    (post,) = shown(message(topic="term", refs=[BACKUP]))
    assert "header" not in kinds(post)


def test_a_person_is_visibly_a_person() -> None:
    (post,) = shown(message("お電話します。", role="staff", sender="金沢の山田"))
    assert post.sender == "金沢の山田"
    assert post.blocks[0]["elements"][0]["text"] == "*金沢の山田（担当者）*"
    assert "context_actions" not in kinds(post)


def test_a_person_and_the_advisor_never_share_a_message() -> None:
    found = shown(message("一", role="system"), message("二"), message("三", role="staff", sender="山田"))
    assert [post.sender for post in found] == [None, "山田"]


def test_notices_are_quieter() -> None:
    (post,) = shown(message("引き継ぎました。", role="system"))
    assert kinds(post) == ["context"]


def test_an_apology_has_no_thumbs() -> None:
    (post,) = shown(message(topic="unavailable"))
    assert "context_actions" not in kinds(post)


def test_papers_are_links_or_say_where_they_are() -> None:
    paper = {"title": "対策計画シート", "url": "/attachments/abc", "media_type": "application/pdf"}
    (post,) = shown(message(attachments=[paper]))
    assert "<https://mamori.test/attachments/abc|対策計画シート>" in words(post)
    (post,) = shown(message(attachments=[paper]), public_url="")
    assert "ホームページ" in words(post)
    assert "/attachments" not in words(post)


def test_no_text_of_anybody_can_call_link_or_mention() -> None:
    harm = "<!here> <!channel> <@U1> <#C1> <https://evil.test|x>"
    ref = BACKUP | {"title": harm, "source_title": harm}
    choice = {"id": "ch_1", "label": harm}
    paper = {"title": harm, "url": "/a", "media_type": "application/pdf"}
    found = shown(
        message(harm, refs=[ref], choices=[choice], attachments=[paper]),
        message(harm, role="system"),
        message(harm, role="staff", sender=harm),
    )
    for post in found:
        assert "<" not in post.text
        for block in post.blocks:
            for said in marked(block):
                assert said["verbatim"] is True
                assert not any(sign in said["text"] for sign in ("<!", "<@", "<#", "<https://evil"))


def test_a_very_long_answer_is_cut_at_sentence_ends_and_loses_nothing() -> None:
    text = "".join(
        f"これは{number}番目の文で、https://example.jp/{number} にあります。" for number in range(900)
    )
    found = shown(message(text))
    parts = [block["text"]["text"] for post in found for block in post.blocks if block["type"] == "section"]
    assert "".join(parts) == text
    assert all(part.endswith("。") for part in parts)


def test_the_most_choices_there_can_be_fit() -> None:
    choices = [{"id": f"ch_{'0' * 30}{number}", "label": "あ" * 200} for number in range(6)]
    (post,) = shown(message(choices=choices))
    assert {len(button["text"]["text"]) for button in post.blocks[-2]["elements"]} == {75}


ODD = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=9_000)


@patience(max_examples=60, deadline=None)
@given(
    texts=st.lists(ODD.filter(str.strip), min_size=1, max_size=4),
    role=st.sampled_from(["bot", "system", "staff"]),
)
def test_whatever_is_said_fits_and_is_read_as_it_was_written(texts: list[str], role: str) -> None:
    found = shown(*(message(text, role=role, id=f"m_{i}", sender="山田") for i, text in enumerate(texts)))
    said = [part for post in found for block in post.blocks for part in marked(block)]
    read = plain("".join(one["text"] for one in said), "U0MAMORI")
    for text in texts:
        assert "".join(text.split())[:500] in "".join(read.split())


def marked(block: dict[str, Any]) -> list[dict[str, Any]]:
    """All texts of a block in which Slack would read its signs."""
    elements = block.get("elements") or [] if block["type"] == "context" else []
    return [one for one in (block.get("text"), *elements) if one and one["type"] == "mrkdwn"]
