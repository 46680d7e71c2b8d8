"""Words that stand behind 「パスワードは」 in an ordinary question and are no password."""

import re
from pathlib import Path

_WORDS = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())
_VERSIONED = re.compile(
    r"""
    (?:windows|win|office|excel|word|server|microsoft|ms|m)[- ]?
      (?:xp|vista|[0-9]{1,2}|365|20[0-2][0-9](?:r2)?)
    | (?:sha|aes|rsa|md|utf|base|wpa|ipv|erc|smb|pop|imap|cvss|otp|mfa|fido|oauth|saml|tls|ssl|http)
      [-_]?[0-9]{1,4}(?:\.[0-9]+)?(?:[-/][a-z]{2,12})?
    | (?:iso|iec|iso/iec|jis[a-z]?|jis-?q|nist|sp|rfc|cve|pci|pcidss)
      [- ]?(?:sp)?[0-9]{2,5}(?:[-.:][0-9]{1,6}){0,3}[a-z]?
    | 1password[- ]?[0-9]
    | (?:iphone|ipad|ios|ipados|macos|mac|android|pixel|galaxy|gpt|chatgpt|yubikey|php|python|java)
      [-_]?[0-9]{1,3}(?:\.[0-9]+){0,2}(?:pro|max|o|se)?
    | (?:id|pc|ec|nas|usb|web|ver|v|no|step|level|lv|part|type|r|h|s|a|b|q|sheet|point|top|file|folder)
      [-_.]?[0-9]{1,2}(?:\.[0-9]+){0,2}
    | [0-9]{1,4}(?:[-~][0-9]{1,4})?
      (?:%|gb|mb|kb|bit|byte|bytes|days?|ids?|pcs?|mfa|fa|st|nd|rd|th|g|x|d|year|ways?)
    | [a-z0-9.+_-]{1,64}@[a-z0-9.-]{1,64}\.[a-z]{2,12}
    | (?:https?|ftp|smb|file)://.* | www\..* | \\\\.* | [a-z]:\\.* | /[a-z/.]+ | (?:tel|fax|http).*
    | [a-z0-9-]{2,40}
      \.(?:co\.jp|or\.jp|ne\.jp|go\.jp|ac\.jp|com|jp|net|org|io|xlsx?|docx?|pdf|csv|txt|zip|exe|ya?ml)
    """,
    re.VERBOSE,
)
_PARTS = re.compile("[/&+・、,~]")


def is_plain(value: str) -> bool:
    """Whether it is a product, a term of the trade, a mail or web address, a file or an amount."""
    word = value.casefold().strip()
    return _is_known(word) or all(_is_known(part) for part in _PARTS.split(word))


def _is_known(word: str) -> bool:
    return not word or word in _WORDS or _VERSIONED.fullmatch(word) is not None
