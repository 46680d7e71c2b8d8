"""Figures beside the level advice: what others do and spend, and that small firms are hit as well."""

from collections.abc import Sequence

from advisor.exchange import Phrase, Value
from advisor.reading import figure, yen
from advisor.state import Company
from knowledge.documents import Cost, Interview, Measure, Statistic, Trend
from knowledge.library import Library

# Shares of firms that do a measure, all of one survey, so that they may stand side by side.
ADOPTED = ("os", "av", "inc", "rule", "share")
SPENT_NOTHING, SPENT_LITTLE = "statistic/ipa24-noinvest", "statistic/ipa24-under100"
HIT_ALL, HIT_SMALL = "statistic/npa-r7-total", "statistic/npa-r7-sme"
WEAKEST_FIRST = "trend/npa-2024-sme"
WATCHED = "measure/otasuke-service"
SHARES_AT_ONCE = 3
LONGEST_PRACTICE = 75
# Beyond this one computer each is no longer a likely number.
FEW_ENOUGH = 300


def adopted(measures: Sequence[Measure], library: Library) -> list[Statistic]:
    """What share of firms does these measures, as far as the survey asked; then its other items."""
    shares = [library.get_as(Statistic, f"statistic/ipa24-{slug}") for slug in ADOPTED]
    of_these = {measure.id for measure in measures}
    return sorted(shares, key=lambda one: not of_these.intersection(one.related))[:SHARES_AT_ONCE]


def share(statistic: Statistic) -> Phrase:
    return Phrase("level_share", {"plain": statistic.plain, "value": spoken(statistic)})


def of_survey(statistic: Statistic) -> dict[str, Value]:
    """Who asked, when, and how many answered."""
    size = f"{statistic.sample_size:,}" if statistic.sample_size else ""
    return {"survey": statistic.survey, "year": statistic.survey_year or "", "n": size}


def spoken(statistic: Statistic) -> str:
    return figure(statistic.value or "", statistic.unit)


def practice(company: Company, library: Library) -> Interview | None:
    """What a firm of the same industry said it does."""
    told = library.every(Interview, industry=company.industry) if company.industry else []
    return next((one for one in told if len(one.what) <= LONGEST_PRACTICE), None)


def spending(library: Library) -> list[Statistic]:
    return [library.get_as(Statistic, ref) for ref in (SPENT_NOTHING, SPENT_LITTLE)]


def hit(library: Library) -> tuple[Statistic, Statistic, Trend]:
    """All reports of ransomware in a year, those of small firms, and why these are not spared."""
    return (
        library.get_as(Statistic, HIT_ALL),
        library.get_as(Statistic, HIT_SMALL),
        library.get_as(Trend, WEAKEST_FIRST),
    )


def watched(library: Library) -> tuple[Measure, Cost]:
    """The public service that watches computers, with the most it may cost for each of them."""
    service = library.get_as(Measure, WATCHED)
    return service, next(cost for cost in service.costs if "台" in cost.unit)


def for_all(company: Company, cost: Cost) -> int | None:
    """Yen a month at most with one computer for each person."""
    if not company.employees or company.employees > FEW_ENOUGH or not cost.max_yen:
        return None
    return company.employees * cost.max_yen


def most(cost: Cost) -> str:
    return yen(cost.max_yen or 0)
