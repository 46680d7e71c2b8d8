"""One scheme of the API as one of our records: facts and sentences of ours, nothing of its text."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from advisor.reading import yen
from api.instants import JAPAN
from knowledge.documents import Review, Source, SyncedSubsidy, Window
from knowledge.documents.subsidy import Rate
from knowledge.vocabulary import vocabulary
from knowledge.words import normalise
from ops.jgrants.places import industries, max_employees, place
from ops.jgrants.rates import read_rates
from ops.jgrants.reading import Detail, Round
from ops.jgrants.relevance import Relevance, purposes, relevance

PAGE = "https://www.jgrants-portal.go.jp/subsidy/"
SOURCE = "Jグランツ（デジタル庁）掲載情報を加工して作成"
OPERATOR = "Jグランツに掲載した実施機関"
ELSEWHERE = "申請先はJグランツではないことがあります。掲載ページで申請先をお確かめください。"
PARTLY = "使えるのは一部の市町村だけのことがあります。掲載ページで対象の地域をお確かめください。"
LEAD = "Jグランツ掲載の制度です。"
UNKNOWN_MONEY = "割合と上限額は掲載ページでお確かめください。"
PLAIN_LENGTH = 90
NOT_TAKEN_HERE = re.compile(
    r"(jグランツ|jgrants)[^。\n]{0,30}"
    r"(受け?付け?て(いない|いませ|おりませ)|受け?付け?[はを]?(行っ|し)て(いない|いませ|おりませ)"
    r"|申請[はを]?(できない|できませ)|対応して(いない|いませ|おりませ))"
)


def synced(detail: Detail, *, areas: tuple[str, ...], at: datetime) -> SyncedSubsidy | None:
    """The record; None when the scheme pays for nothing of ours, or nobody can tell where it is for.

    ``areas`` are those of the search, for a scheme whose rounds name none; ``at`` is when it was fetched.
    """
    relevant, rounds = relevance(detail), _current(detail.rounds, at.astimezone(JAPAN))
    named = [area for each in rounds for area in each.areas] or areas
    where = place(named, detail.title, " ".join(each.area_detail for each in rounds))
    if relevant is None or where is None:
        return None
    day, rates, paid = at.astimezone(JAPAN).date(), read_rates(detail.rate), purposes(detail)
    windows = [_window(each) for each in rounds]
    return SyncedSubsidy(
        slug=f"jgrants-{detail.name.lower()}",
        title=detail.title,
        confidence="medium" if any(window.end for window in windows) else "low",
        sources=[Source(title=SOURCE, url=f"{PAGE}{detail.id}", published=None, checked_on=day)],
        review=Review(status="draft", on=day),
        scheme="subsidy",
        tier="B",
        operator=OPERATOR,
        region=where.region,
        target=None,
        target_industry=None,
        industries=industries(detail.industries),
        target_size=detail.employees if max_employees(detail.employees) else None,
        max_employees=max_employees(detail.employees),
        plain=plain(relevant, paid, rates, detail.cap_yen),
        eligible_expenses=[],
        purposes=paid,
        security_relevance=relevant,
        rate=_spoken(rates) or None,
        rates=rates,
        cap_yen=detail.cap_yen,
        cap_note=None,
        floor_yen=None,
        prerequisites=[],
        windows=windows,
        year_round=False,
        method=None,
        documents=[],
        lead_time=None,
        official_url=f"{PAGE}{detail.id}",
        official_url_verified=True,
        caution=_caution(detail, partly=where.partly),
        fetched_at=at,
    )


def plain(relevant: Relevance, paid: list[str], rates: list[Rate], cap_yen: int | None) -> str:
    """What it pays for and how much, in two sentences of ours of at most 90 characters together."""
    labels = {purpose.slug: purpose.label for purpose in vocabulary().purposes}
    uses = (["セキュリティ対策"] if relevant == "explicit" else []) + [labels[slug] for slug in paid]
    sentences = [f"{LEAD}{_use(uses[:count])}{_money(rates, cap_yen)}" for count in (2, 1, 0)]
    return next((one for one in sentences if len(one) <= PLAIN_LENGTH), f"{LEAD}{UNKNOWN_MONEY}")


def _use(uses: list[str]) -> str:
    return f"{'、'.join(uses)}などに使えることがあり、" if uses else ""


def _money(rates: list[Rate], cap_yen: int | None) -> str:
    share = f"費用の{_spoken(rates)}" if rates else ""
    most = f"最大{yen(cap_yen)}" if cap_yen else ""
    given = "、".join(filter(None, (share, most)))
    return f"{given}が出ます。" if given else UNKNOWN_MONEY


def _spoken(rates: list[Rate]) -> str:
    """1/2（小規模事業者は2/3）"""
    shares = {rate.who: rate.share for rate in rates}
    more = f"（小規模事業者は{shares['small']}）" if "small" in shares else ""
    return f"{shares.get('all', '')}{more}"


def _current(rounds: Iterable[Round], now: datetime) -> list[Round]:
    """Rounds that are not over, oldest first, each once; the last one when all are."""
    far = datetime.max.replace(tzinfo=JAPAN)
    ordered = sorted(dict.fromkeys(rounds), key=lambda one: (one.start or one.end or far, one.end or far))
    return [one for one in ordered if one.end is None or one.end >= now] or ordered[-1:]


def _window(one: Round) -> Window:
    end, time = _last_day(one.end) if one.end else (None, None)
    start = one.start.date() if one.start else None
    return Window(round=one.label or "公募", start=start, end=end, time=time, note=None)


def _last_day(end: datetime) -> tuple[date, str | None]:
    """Midnight ends the day before: 22日0時 is told as 21日まで, so that nobody comes a day late."""
    if (end.hour, end.minute) == (0, 0):
        return end.date() - timedelta(days=1), None
    return end.date(), end.strftime("%H:%M")


def _caution(detail: Detail, *, partly: bool) -> str | None:
    elsewhere = detail.taken_at_jgrants is False or NOT_TAKEN_HERE.search(_folded(detail))
    return "".join([ELSEWHERE if elsewhere else "", PARTLY if partly else ""]) or None


def _folded(detail: Detail) -> str:
    return "\n".join(map(normalise, f"{detail.catch_phrase}\n{detail.text}".splitlines()))
