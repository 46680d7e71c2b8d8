"""The free text about the share that is paid, read only where every word of it is understood."""

import re
from collections import defaultdict
from fractions import Fraction

from knowledge.documents.subsidy import Rate
from knowledge.words import normalise

TOKEN = re.compile(
    r"""
    (?P<large>(みなし)?大企業|中堅企業)(者|等)*
    |(?P<small>小規模(企業|事業)者?)(者|等)*
    |(?P<all>中小企業|中小事業者|中小)(者|等)*
    |(?P<share>(?P<n>\d{1,3})/(?P<d>\d{1,3})(?![\d/])|(?P<d2>\d{1,2})分の(?P<n2>\d{1,2})|(?P<percent>\d{1,3})%)
    |上限(額)?[:は]?[\d,.]+(億|万|千)*円(以内|まで)?
    |[\d,]*(万|千)?円未満(の端数)?[はを]?切り?捨て?
    |(対象)?(経費|費用)|補助率?|助成率?|対象|以内|まで|合計額?|総額|及び|[のはがを:,、。()\[\]・;/]
    """,
    re.VERBOSE,
)


def read_rates(text: str) -> list[Rate]:
    """「中小企業:1/2以内、小規模事業者:2/3以内」 as two rates; empty for anything not wholly understood.

    Shares of large firms are passed over. Two different shares for the same company are conditions we
    don't understand.
    """
    shares = _shares(normalise(text))
    everyone = shares.get("all", set())
    small = shares.get("small", set()) - everyone
    if len(everyone) != 1 or len(small) > 1:
        return []
    rates = [Rate(who="all", share=share) for share in everyone]
    return rates + [Rate(who="small", share=share) for share in small]


def _shares(text: str) -> dict[str, set[str]]:
    """Who gets which share; nothing when a word is unknown, or somebody is named without a share."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    named: list[str] = []
    place = 0
    while place < len(text):
        token = TOKEN.match(text, place)
        share = _share(token) if token else ""
        if token is None or share is None:
            return {}
        named += [who for who in ("large", "small", "all") if token[who]]
        if share:
            for who in named or ["all"]:
                found[who].add(share)
            named = []
        place = token.end()
    return {} if named else found


def _share(token: re.Match[str]) -> str | None:
    """1/2 for 1/2, 2分の1 and 50%; empty where the token is no share, None where it is an impossible one."""
    if not token["share"]:
        return ""
    if token["percent"]:
        part = Fraction(int(token["percent"]), 100)
        return f"{part.numerator}/{part.denominator}" if 0 < part < 1 else "10/10" if part == 1 else None
    top, bottom = int(token["n"] or token["n2"]), int(token["d"] or token["d2"])
    return f"{top}/{bottom}" if 0 < top <= bottom <= 10 else None
