"""How much a scheme pays at most for a given outlay."""

from dataclasses import dataclass
from fractions import Fraction

from advisor.size import Small
from knowledge.documents.subsidy import Rate, Subsidy

# Where a scheme does not say how it rounds, the lower promise: whole thousands.
ROUND_DOWN_YEN = 1_000


@dataclass(frozen=True)
class Paid:
    """Yen. ``share`` is the rate as it is said (1/2); zero yen means: below what the scheme pays at least."""

    outlay: int
    yen: int
    share: str
    is_capped: bool
    limit_unsure: bool
    """The upper limit is unknown, or depends on conditions: it may be less."""

    @property
    def own(self) -> int:
        return self.outlay - self.yen


def paid(subsidy: Subsidy, outlay: int, size: Small) -> Paid | None:
    """None where the facts give no rate to compute with. Unsure of the size, the rate for all is used."""
    rates = _rates(subsidy, size)
    if not rates:
        return None
    exact = _by_brackets(rates, Fraction(outlay))
    is_capped = subsidy.cap_yen is not None and exact > subsidy.cap_yen
    unit = subsidy.round_down_yen or ROUND_DOWN_YEN
    yen = subsidy.cap_yen if is_capped and subsidy.cap_yen else int(exact // unit * unit)
    if subsidy.floor_yen and yen < subsidy.floor_yen:
        yen = 0
    limit_unsure = subsidy.cap_yen is None or subsidy.cap_note is not None
    return Paid(outlay, yen, rates[0].share, is_capped, limit_unsure)


def _rates(subsidy: Subsidy, size: Small) -> list[Rate]:
    for_small = [rate for rate in subsidy.rates if rate.who == "small"]
    for_all = [rate for rate in subsidy.rates if rate.who == "all"]
    found = (for_small or for_all) if size is Small.YES or subsidy.small_only else for_all
    return sorted(found, key=lambda rate: rate.over_yen)


def _by_brackets(rates: list[Rate], rest: Fraction) -> Fraction:
    """``over_yen`` is counted in what is paid: 3/4 up to 50万円 paid, 2/3 of the outlay beyond that."""
    total = Fraction(0)
    limits = [rate.over_yen for rate in rates[1:]]
    for rate, limit in zip(rates, [*limits, None], strict=True):
        share = Fraction(rate.share)
        room = None if limit is None else limit - rate.over_yen
        part = rest * share if room is None else min(rest * share, Fraction(room))
        total, rest = total + part, rest - part / share
    return total
