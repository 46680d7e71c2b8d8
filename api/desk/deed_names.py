"""What the journal calls each deed. Whoever notes a new one (`audit.note`) adds its name here."""

from collections.abc import Mapping

from api.desk.who import ROLE_NAMES

NAMES = {
    "login": "ログインした",
    "logout": "ログアウトした",
    "logout_everywhere": "すべての端末でログアウトした",
    "session_ended": "ほかの端末のログインを終わらせた",
    "locked": "まちがいが続き、しばらく止めた",
    "enrolled": "はじめての登録を済ませた",
    "oidc_linked": "勤め先のアカウントを結びつけた",
    "password_changed": "パスワードを変えた",
    "codes_renewed": "予備のコードを作り直した",
    "staff_added": "担当者を加えた",
    "staff_disabled": "担当者を止めた",
    "staff_enabled": "担当者を使えるようにした",
    "staff_reset": "担当者の登録をやり直した",
    "staff_unlocked": "担当者の待ち時間をなくした",
    "staff_role": "担当者の役割を変えた",
    "journal_exported": "記録を書き出した",
    "ticket.read": "受付を開いた",
    "ticket.take": "受付を引き受けた",
    "ticket.write": "お返事を送った",
    "ticket.hand_back": "自動応答に戻した",
    "ticket.close": "受付を終わりにした",
    "ticket.assign": "担当を変えた",
    "ticket.transfer": "ほかの団体へ移した",
    "ticket.label": "ラベルを付けた",
    "ticket.snooze": "あとで対応する受付にした",
    "ticket.note": "メモを残した",
    "ticket.merge": "受付を合わせた",
    "ticket.step_in": "相談を途中から引き受けた",
    "tickets.export": "受付の一覧を書き出した",
    "conversation.read": "相談を開いた",
    "conversation.hold": "相談の記録を保全した",
    "conversation.release": "相談の記録の保全をやめた",
    "conversation.delete": "相談を削除した",
    "delivery.retry": "届かなかったお返事をもう一度送った",
    "question.retry": "お答えできなかった質問をもう一度聞いた",
    "reply.add": "定型文を登録した",
    "reply.change": "定型文を変えた",
    "reply.remove": "定型文を削除した",
    "settings.change": "設定を変えた",
}


def name_of(action: str) -> str:
    return NAMES.get(action, action)


KINDS = {"ticket": "受付", "conversation": "相談", "reply": "定型文", "staff": "担当者"}
KEYS = {
    "way": "方法",
    "failures": "その前のまちがい",
    "role": "役割",
    "rows": "行数",
    "into": "まとめた先",
    "reason": "理由",
    "association": "団体",
}
WORDS = {
    "code": "確認コード",
    "recovery": "予備のコード",
    "enrolment": "はじめての登録",
    "oidc": "勤め先のアカウント",
    **ROLE_NAMES,
}


def subject_of(subject: str) -> str:
    """「受付 12」 for ``ticket:12``."""
    kind, _, id_ = subject.partition(":")
    return f"{KINDS[kind]} {id_}" if kind in KINDS else subject


def detail_of(detail: Mapping[str, object]) -> str:
    """「方法：確認コード、その前のまちがい：1」."""
    return "、".join(f"{KEYS.get(key, key)}：{WORDS.get(str(value), value)}" for key, value in detail.items())
