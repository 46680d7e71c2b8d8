"""Which step of the ladder is enough for a company, and why.

An editorial judgement, not an official grading: the trade gives the step (knowledge/vocabulary/industry.yml),
and what is known of the company raises or lowers it. No source draws a line by headcount, so none is drawn.
"""

from dataclasses import dataclass

from advisor.exchange import Phrase
from advisor.state import Company
from knowledge.documents import Level
from knowledge.library import Library
from knowledge.vocabulary import Industry, industry

EVERY_COMPANY, STANDARD, SUPPLY_CHAIN = 1, 2, 3
# What these keep is sensitive, or their customers' and not only persons': it stays theirs to guard, even
# where an owner says that they have no personal data.
KEEPS_ANYWAY = {
    "建設業",
    "製造業",
    "情報通信業",
    "運輸業、郵便業",
    "卸売業",
    "金融業、保険業",
    "学術研究、専門・技術サービス業",
    "医療、福祉",
}


@dataclass(frozen=True)
class Judgement:
    """``why`` is the reason in the owner's words; empty while too little is known to give one."""

    level: Level
    why: Phrase | None = None


def judge(company: Company, library: Library) -> Judgement:
    """The step that is enough for this company; the one for all while nothing is known of it."""
    trade = industry(company.industry) if company.industry else None
    step, why = _judge(company, trade)
    return Judgement(step_of(library, step), why)


def step_of(library: Library, step: int) -> Level:
    return next(level for level in library.every(Level) if level.step == step)


def _judge(company: Company, trade: Industry | None) -> tuple[int, Phrase | None]:
    usual = trade.level if trade else EVERY_COMPANY
    if company.customer_demands:
        return SUPPLY_CHAIN, Phrase("level_why_demands")
    if company.handles_personal_data is False and not (trade and trade.name in KEEPS_ANYWAY):
        return EVERY_COMPANY, Phrase("level_why_no_data")
    if trade and trade.holds:
        return usual, Phrase("level_why_holds", {"holds": trade.holds})
    if company.handles_personal_data:
        return max(usual, STANDARD), Phrase("level_why_personal")
    if company.telework:
        return max(usual, STANDARD), Phrase("level_why_telework")
    return usual, Phrase("level_why_trade") if trade else None
