"""Why something did not arrive, in words that say what to do next."""

DELIVERY = {
    "Blocked": "相談者がアカウントをブロックしています。解除されるまで届きません。電話などをお使いください。",
    "Quota": "今月送れる通数を使い切りました。次のご質問と一緒に届きます。急ぐときは電話をお使いください。",
    "AccountGone": "LINEのアカウントが登録から外れています。運用の担当者にお知らせください。",
    "NoWorkspace": "Slackの連携が外れています。相談者の会社で入れ直しが必要です。",
    "NoDoor": "この窓口は今つながっていません。運用の担当者にお知らせください。",
    "TooSlow": "相手のサービスの応答がありませんでした。もう一度お試しください。",
    "Unreachable": "相手のサービスにつながりませんでした。もう一度お試しください。",
    "Away": "相手のサービスが一時的に止まっていました。もう一度お試しください。",
    "Busy": "相手のサービスが混み合っていました。もう一度お試しください。",
    "Broken": "こちらの不具合で送れませんでした。運用の担当者にお知らせください。",
    "TokenRefused": "連携の鍵が使えなくなっています。運用の担当者にお知らせください。",
}
REFUSED = (
    "相手のサービスが受け取りませんでした。もう一度お試しになり、続くときは運用の担当者にお知らせください。"
)

QUESTION = {
    "EngineUnreachable": "自動応答が止まっていました。",
    "EngineTooSlow": "自動応答の返事が間に合いませんでした。",
    "EngineSilent": "自動応答が返事を作れませんでした。",
    "EngineGarbled": "自動応答の返事を読み取れませんでした。",
    "EngineRefused": "自動応答が受け付けませんでした。",
    "EngineApologised": "自動応答の途中で不具合がありました。",
}
GIVEN_UP = "何度か試しましたが、お答えできませんでした。"

STANDINGS = {
    "held": "次のお返事と一緒に届けます",
    "dead": "届けるのをやめました",
    "new": "まもなくもう一度送ります",
}


def of_delivery(error: str | None) -> str:
    return DELIVERY.get(error or "", REFUSED)


def of_question(error: str | None) -> str:
    """Why the advisor gave a question up."""
    return QUESTION.get(error or "", GIVEN_UP)
