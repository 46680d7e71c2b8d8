"""Subsidies and support this company can ask about: what fits, why, how much, until when."""

import re
from dataclasses import replace

from advisor import company as profile
from advisor.asked import named, told_last
from advisor.clock import JST
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.paid import Paid, paid
from advisor.reading import checked, circled, outlay_in, yen
from advisor.size import small
from advisor.state import Company
from advisor.subsidy_match import WITHOUT_PAY, Match, Wish, is_candidate, matches, paid_for, wish_of
from advisor.windows import days_left, deadline, pays, to_save
from knowledge.documents import Subsidy, SyncedSubsidy
from knowledge.library import Library

TOPIC = "subsidy"
PLACE = "prefecture"
ASKS_MONEY = re.compile(r"補助|助成|お金(が|は)?出|費用.*出|出ます|出る")
ASKS_GRANT = re.compile(r"補助|助成")
LENT_OR_TAX = {"loan", "tax"}
OTHERS = re.compile(r"ほか|他の|他に|別の|べつの|もっと")
# Of the purposes of vocabulary/purpose.yml the one that is help and no money.
WITHOUT_COST = frozenset({"advice"})
AT_ONCE = 2
# Characters that the schemes offered together may take on a phone beside their deadlines.
ROOM = 132
LINE = 25


def find(question: Question, library: Library) -> Answer:
    """The two schemes that fit best, or the one named in the question."""
    company = profile.learn(question, library)
    chosen = _chosen(question, library, company)
    if chosen:
        return detail(question, library, chosen, company=company)
    told_before = question.state.last is not None and question.state.last.topic == TOPIC
    told = set(question.state.told) if told_before and OTHERS.search(question.text) else set()
    return _offer(question, library, company, told=told)


def _chosen(question: Question, library: Library, company: Company) -> Subsidy | None:
    """The scheme named; not one of another region, nor a paid service when money for it is asked for."""
    for scheme in named(question, library, Subsidy):
        is_paid_for = not pays(scheme) and ASKS_MONEY.search(question.text)
        if not is_paid_for and not _is_far(scheme, company, question):
            return scheme
    return None


def _is_far(scheme: Subsidy, company: Company, question: Question) -> bool:
    """Of another region than the company's, which the owner does not name either."""
    region = scheme.region
    if company.prefecture is None or region.covers(company.prefecture, company.municipality):
        return False
    return region.prefecture is None or region.prefecture[:2] not in question.text


def others(question: Question, library: Library) -> Answer:
    return _offer(question, library, question.state.company, told=set(question.state.told))


def details(question: Question, library: Library) -> Answer:
    """The scheme told first in the last answer, with conditions and papers."""
    told = told_last(question, library, Subsidy)
    return (
        detail(question, library, told[0], company=question.state.company)
        if told
        else find(question, library)
    )


def detail(
    question: Question, library: Library, subsidy: Subsidy, *, company: Company, topic: str = TOPIC
) -> Answer:
    """One scheme: what it pays, for how much, what is needed first, until when."""
    outlay = outlay_in(question.text) or question.state.outlay
    pay = paid(subsidy, outlay, small(company)) if outlay else None
    values: dict[str, Value] = {
        "title": subsidy.title,
        "plain": subsidy.plain,
        "rate": Phrase("subsidy_rate", {"rate": subsidy.rate}) if subsidy.rate and not pay else "",
        "cap": Phrase("subsidy_cap", {"cap": yen(subsidy.cap_yen)}) if subsidy.cap_yen and not pay else "",
        "pay": _pay(pay) if pay else "",
        "needs": _needs(subsidy, company, library),
        "deadline": deadline(subsidy, question.today),
        "confirm": _confirm(subsidy),
        "subsidy": subsidy.slug,
    }
    said = answer(question, topic, "subsidy_detail", refs=[subsidy], values=values, company=company)
    return _with_dates(said, question, [subsidy], [pay])


def free(question: Question, library: Library) -> Answer:
    """「無料のはない？」: what helps without costing the firm anything."""
    return _offer(question, library, question.state.company, told=set(), wish=Wish(WITHOUT_COST))


def target(question: Question, subsidy: Subsidy) -> Answer:
    """「何人以上が対象？」: whom the scheme told last is for, in its own words."""
    values: dict[str, Value] = {
        "title": subsidy.title,
        "target": subsidy.target or Phrase("subsidy_target_unknown"),
        "size": Phrase("subsidy_target_size", {"size": subsidy.target_size}) if subsidy.target_size else "",
        "deadline": deadline(subsidy, question.today),
        "confirm": _confirm(subsidy),
        "subsidy": subsidy.slug,
    }
    said = answer(question, TOPIC, "subsidy_target", refs=[subsidy], values=values)
    return _with_dates(said, question, [subsidy], [None])


def _offer(
    question: Question, library: Library, company: Company, told: set[str], wish: Wish | None = None
) -> Answer:
    wish = wish or wish_of(question, library)
    found = matches(library, company, wish, on=question.today)
    if _wants_grant(question, wish):
        found = sorted(found, key=lambda match: match.subsidy.scheme in LENT_OR_TAX)
    offered = _pick([match for match in found if match.subsidy.id not in told])
    if not offered:
        return answer(question, TOPIC, "subsidy_none", company=company)
    outlay = outlay_in(question.text) or question.state.outlay
    amounts = [paid(m.subsidy, outlay, small(company)) if outlay else None for m in offered]
    room = ROOM - sum(_length(match) for match in offered)
    lines: list[Phrase] = []
    for place, (match, pay) in enumerate(zip(offered, amounts, strict=True)):
        room -= len(match.subsidy.plain)
        lines.append(_line(place, match, pay, question, is_short=room < 0 or pay is not None))
    values: dict[str, Value] = {
        "ack": profile.acknowledged(question.state.company, company),
        "intro": _intro(offered, wish, question),
        "schemes": lines,
        "place": _place_missing(question, company, library),
        "subsidy": offered[0].subsidy.slug,
    }
    schemes = [match.subsidy for match in offered]
    asks = company.prefecture is None and PLACE not in question.state.asked
    asked = [*question.state.asked, PLACE] if asks else question.state.asked
    changes = {"company": company, "awaiting": TOPIC if asks else None, "asked": asked}
    refs = [*schemes, *paid_for(question, library)]
    said = answer(question, TOPIC, "subsidy", refs=refs, values=values, **changes)
    return _with_dates(listing(said, schemes), question, schemes, amounts)


def _intro(offered: list[Match], wish: Wish, question: Question) -> Phrase:
    """That these fit; asked for a grant, it is said where none of them is one, or none is for that."""
    asks = _wants_grant(question, wish)
    if asks and all(match.subsidy.scheme in LENT_OR_TAX for match in offered):
        return Phrase("subsidy_intro_no_grant")
    if asks and wish.purposes and not any(wish.overlap(match.subsidy) for match in offered):
        return Phrase("subsidy_intro_other_use")
    return Phrase("subsidy_intro")


def _wants_grant(question: Question, wish: Wish) -> bool:
    """「補助金」 is asked for, and no loan or tax relief beside or instead of it."""
    return ASKS_GRANT.search(question.text) is not None and not wish.purposes & WITHOUT_PAY


def _length(match: Match) -> int:
    """About how many characters a scheme takes without its sentence and deadline."""
    gates = match.standing.window.gates if match.standing.window else []
    return len(match.subsidy.title) + LINE * (bool(match.fits) + len(gates))


def _place_missing(question: Question, company: Company, library: Library) -> Phrase | str:
    """What more of the place would bring: the schemes of the region, or those of its towns."""
    if company.prefecture is None:
        return "" if PLACE in question.state.asked else Phrase("subsidy_place_missing")
    towns = [s for s in library.every(Subsidy) if s.region.level == "municipality"]
    if company.municipality is None and any(s.region.prefecture == company.prefecture for s in towns):
        return Phrase("subsidy_town_missing")
    return ""


def _pick(found: list[Match]) -> list[Match]:
    """The best, and beside a national scheme the best of the owner's own region where there is one."""
    if not found:
        return []
    first, rest = found[0], found[1:]
    if first.subsidy.region.level == "national":
        rest = sorted(rest, key=lambda match: match.subsidy.region.level == "national")
    return [first, *rest[: AT_ONCE - 1]]


def _line(place: int, match: Match, pay: Paid | None, question: Question, *, is_short: bool) -> Phrase:
    subsidy = match.subsidy
    plain: Value = "" if is_short else Phrase("scheme_plain", {"plain": subsidy.plain})
    missing = _first(match.missing) if match.missing else ""
    shows_missing = is_short and missing and pay is None
    return Phrase(
        "scheme_candidate" if is_candidate(match.subsidy) else "scheme",
        {
            "number": circled(place),
            "title": subsidy.title,
            "plain": plain,
            "fits": Phrase("scheme_fits", {"fits": _first(match.fits)}) if match.fits else "",
            "missing": Phrase("scheme_missing", {"missing": missing}) if shows_missing else "",
            "pay": _pay_briefly(pay) if pay else "",
            "deadline": deadline(subsidy, question.today),
        },
    )


def _first(phrases: list[Phrase]) -> Phrase:
    return Phrase("both", {"one": phrases[0], "two": phrases[1]}) if len(phrases) > 1 else phrases[0]


def _pay(pay: Paid) -> Phrase:
    values: dict[str, Value] = {"outlay": yen(pay.outlay), "share": pay.share}
    if pay.yen == 0:
        return Phrase("pay_too_little", values)
    limit = Phrase("pay_limit_unsure") if pay.limit_unsure else ""
    values |= {"yen": yen(pay.yen), "own": yen(pay.own), "limit": limit}
    return Phrase("pay_capped", values) if pay.is_capped else Phrase("pay", values)


def _pay_briefly(pay: Paid) -> Phrase:
    values: dict[str, Value] = {"outlay": yen(pay.outlay), "yen": yen(pay.yen), "share": pay.share}
    if pay.yen == 0:
        return Phrase("pay_too_little", values)
    return Phrase("pay_short", values | {"limit": Phrase("pay_short_unsure") if pay.limit_unsure else ""})


def _needs(subsidy: Subsidy, company: Company, library: Library) -> Phrase | str:
    """What must be had first: by the names of what is known, else in the scheme's own words."""
    titles = [library.get(ref).title for ref in subsidy.needs if ref not in company.ready]
    items = titles or ([] if subsidy.needs else subsidy.prerequisites)
    lines = [Phrase("bullet", {"text": text}) for text in items[:3] if len(text) <= 40]
    return Phrase("subsidy_needs", {"needs": lines}) if lines else ""


def _confirm(subsidy: Subsidy) -> Phrase | str:
    if isinstance(subsidy, SyncedSubsidy):
        return Phrase("confirm_synced", {"fetched": checked(subsidy.fetched_at.astimezone(JST).date())})
    if is_candidate(subsidy):
        return Phrase("confirm_candidate", {"operator": subsidy.operator})
    return ""


def _with_dates(
    said: Answer, question: Question, schemes: list[Subsidy], amounts: list[Paid | None]
) -> Answer:
    """With the first date to be saved, and the figures that were computed: days left, yen paid."""
    found: dict[str, int] = {}
    for scheme, pay in zip(schemes, amounts, strict=True):
        if pay:
            found["outlay"] = pay.outlay
            found |= {f"{scheme.slug} pays": pay.yen, f"own share beside {scheme.slug}": pay.own}
        found |= days_left(scheme, question.today)
    dates = next(filter(None, (to_save(scheme, question.today) for scheme in schemes)), None)
    return replace(said, calculated=found, papers=[dates] if dates else [])
