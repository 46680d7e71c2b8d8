"""Slack's way of writing becomes plain words, and plain words stay words."""

import pytest

from api.channels.slack.words import harmless, link, plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U0MAMORI> バックアップは", "バックアップは"),
        ("<@U0MAMORI|まもり>、助けて", "、助けて"),
        ("<@U0KARIN|karin> に聞かれた", "@karin に聞かれた"),
        ("<@U0KARIN> に聞かれた", "（ほかの方） に聞かれた"),
        ("<#C1|general> で見た", "#general で見た"),
        ("<#C1> で見た", "（チャンネル） で見た"),
        ("<!here> 見て", "@here 見て"),
        ("<!subteam^S1|@soumu> 見て", "@soumu 見て"),
        ("<!date^1700000000^{date}|11月15日>", "11月15日"),
        ("<https://example.jp/a?b=1&amp;c=2>", "https://example.jp/a?b=1&c=2"),
        ("<http://example.jp|example.jp>", "example.jp"),
        ("<https://evil.test/login|銀行のページ> は本物か", "銀行のページ https://evil.test/login は本物か"),
        ("<mailto:a@example.jp|a@example.jp>", "a@example.jp"),
        ("<tel:0120|0120>", "0120"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("&amp;lt;", "&lt;"),
        ("壊れた <@ 文字", "壊れた <@ 文字"),
        ("<>", ""),
        ("", ""),
    ],
)
def test_what_slack_writes_in_brackets_is_read_as_it_was_seen(written: str, read: str) -> None:
    assert plain(written, "U0MAMORI") == read


@pytest.mark.parametrize(
    "harm", ["<!here>", "<!channel>", "<@U1>", "<#C1>", "<https://e.test|x>", "&lt;!here&gt;"]
)
def test_nothing_anybody_typed_can_take_effect(harm: str) -> None:
    said = harmless(f"前 {harm} 後")
    assert "<" not in said
    assert ">" not in said
    assert plain(said, "U0MAMORI") == f"前 {harm} 後"


def test_a_link_of_ours_leads_where_it_says_and_nowhere_else() -> None:
    assert link("https://www.ipa.go.jp/?a=1&b=2", "IPA <手引き>") == (
        "<https://www.ipa.go.jp/?a=1&amp;b=2|IPA &lt;手引き&gt;>"
    )
    assert link("https://x.test/|<!here>", "手引き") == "手引き"
    assert link("javascript:alert(1)", "手引き") == "手引き"
    assert link("https://x.test/", "表|裏") == "<https://x.test/|表｜裏>"
