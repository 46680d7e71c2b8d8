"""What has just been done, or was not, told on the page that follows a form."""

from api.errors import DeskUnfit, Refusal, TicketTaken
from api.problems import in_words

DONE = {
    "taken": "引き受けました。自動応答は止まり、あなたのお返事だけが届きます。",
    "sent": "お返事を送りました。",
    "returned": "自動応答に戻しました。受付は残っています。",
    "closed": "終わりにしました。",
    "assigned": "担当を変えました。",
    "labelled": "ラベルを付けました。",
    "moved": "ほかの団体の窓口へ移しました。",
    "merged": "受付を合わせました。",
    "snoozed": "あとで対応する受付にしました。",
    "noted": "メモを残しました。",
    "held": "記録を保全しました。",
    "released": "保全をやめました。",
    "deleted": "相談を削除しました。",
    "kept": "保全中のため、記録は残ります。相談者からは、もう見えません。",
    "retried": "もう一度送ります。結果はこの一覧で確かめられます。",
    "asked-again": "もう一度、自動応答に聞きます。",
    "added": "登録しました。",
    "changed": "変更しました。",
    "removed": "削除しました。",
}


def said(done: str) -> str:
    """In words; nothing for a word that is not ours."""
    return DONE.get(done, "")


def refused(why: Refusal) -> str:
    """Why it was not done, and what to do next; a name or a rule that came with it is told."""
    told = str(why.args[0]) if why.args else ""
    if isinstance(why, DeskUnfit) and told:
        return told
    if isinstance(why, TicketTaken) and told:
        return f"{told}さんが先に対応を始めました。お返事は送っていません。"
    return in_words(why).replace("\n", "")
