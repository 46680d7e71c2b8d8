"""Which passwords staff may choose, and how they are kept."""

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from api.desk import passwords
from api.desk.passwords import TOO_COMMON, TOO_LONG, TOO_PERSONAL, TOO_SHORT, weakness

EMAIL, NAME = "hanako.suzuki@kumiai.example.jp", "鈴木 花子"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("みじかい", TOO_SHORT),
        ("aB3$aB3$aB3", TOO_SHORT),
        ("あ" * 129, TOO_LONG),
        ("password1234", TOO_COMMON),
        ("P@ssw0rd2026!", TOO_COMMON),
        ("ｐａｓｓｗｏｒｄ１２３４", TOO_COMMON),
        ("123456789012", TOO_COMMON),
        ("qwertyuiop123", TOO_COMMON),
        ("aaaaaaaaaaaaaaa", TOO_COMMON),
        ("abcabcabcabcabc", TOO_COMMON),
        ("zaqzaqzaqzaqzaq", TOO_COMMON),
        ("sakura-sakura-1", TOO_COMMON),
        ("パスワードパスワード2026", TOO_COMMON),
        ("suzuki-no-mado-kara", TOO_PERSONAL),
        ("Hanako.Suzuki@kumiai", TOO_PERSONAL),
        ("花子が窓辺で歌をうたう日", TOO_PERSONAL),
        ("kumiai-no-neko-ga-naku", TOO_PERSONAL),
    ],
)
def test_a_poor_password_is_refused_with_its_reason(password: str, why: str) -> None:
    assert weakness(password, EMAIL, NAME) == why


@pytest.mark.parametrize(
    "password",
    ["ことり三羽が窓辺でうたう", "correct horse battery staple", "mizu umi tetsu 7 kaze", "x8K-qq3V_zP0w"],
)
def test_long_and_unrelated_words_need_no_signs(password: str) -> None:
    assert weakness(password, EMAIL, NAME) is None


def test_a_keyboard_that_writes_full_width_changes_nothing() -> None:
    assert passwords.is_right("ｍｉｚｕ　ｕｍｉ　７", passwords.hashed("mizu umi 7"))
    assert not passwords.is_right("mizu umi 8", passwords.hashed("mizu umi 7"))


def test_without_an_account_a_hash_is_compared_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    class Watched:
        def verify(self, password: str, known: str) -> bool:
            compared.append(known)
            return True

    monkeypatch.setattr(passwords, "_hashing", Watched())
    assert not passwords.is_right("nobody has this password", None)
    assert compared == [passwords._NOBODYS]


def test_it_is_argon2id_with_64_mebibytes() -> None:
    assert Argon2Hasher().hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
