"""What the journal calls each deed. Whoever notes a new one (`audit.note`) adds its name here."""

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
}


def name_of(action: str) -> str:
    return NAMES.get(action, action)
