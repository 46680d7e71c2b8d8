"""A self-check beside others: one's own last one, what firms said in IPA's survey, the association's members.

No source gives the points of other firms, so none are made up; members are told from ten companies on.
"""

from dataclasses import replace

from advisor import assessment_ask as asking
from advisor import assessment_result as result
from advisor import assessment_run as run
from advisor.exchange import Answer, Members, Phrase, Question, Value, answer
from advisor.level_figures import of_survey, spoken
from advisor.reading import long_ago
from advisor.state import Check
from knowledge.documents import Question as CheckQuestion
from knowledge.documents import Record, Scheme, Statistic
from knowledge.library import Library

TOPIC = asking.TOPIC
# Questions of the check that a survey asked of firms as well, all in one survey.
SURVEYED = {
    "sd-01": "statistic/ipa24-os",
    "sd-02": "statistic/ipa24-av",
    "sd-04": "statistic/ipa24-share",
    "sd-24": "statistic/ipa24-inc",
    "sd-25": "statistic/ipa24-rule",
}
LINES = 3


def compare(question: Question, library: Library) -> Answer:
    """With the run before, the survey, the members; without a run, what firms do."""
    check = run.finished(question.state)
    shown = _surveyed(check, library)
    values: dict[str, Value] = {
        "own": _own(check, question) if check else Phrase("compare_no_check"),
        "lines": [_line(check, asked, share) for asked, share in shown],
        "members": _members(question.members),
        "begin": "" if check else "1",
        "plan": "1" if check else "",
        **of_survey(shown[0][1]),
    }
    refs: list[Record] = [
        library.get_as(Scheme, run.SELF_CHECK),
        *(record for pair in shown for record in reversed(pair)),
    ]
    said = answer(question, TOPIC, "assessment_compare", refs=refs, values=values)
    return replace(said, calculated=_calculated(check, question))


def _surveyed(check: Check | None, library: Library) -> list[tuple[CheckQuestion, Statistic]]:
    """The questions that a survey asked too; those the owner could not affirm first."""
    points = check.points if check else {}
    slugs = sorted(SURVEYED, key=lambda slug: points.get(slug, run.DONE))[:LINES]
    return [
        (library.get_as(CheckQuestion, f"question/{slug}"), library.get_as(Statistic, SURVEYED[slug]))
        for slug in slugs
    ]


def _own(check: Check, question: Question) -> Phrase:
    """This run, and how it stands against the one before."""
    if check.quick:
        done = sum(points == run.DONE for points in check.points.values())
        now = Phrase("check_score_quick", {"done": done, "of": len(check.points)})
    else:
        now = Phrase("check_score", {"points": result.total(check), "most": result.most(check)})
    before = question.state.check_before
    if before is None or before.finished_on is None or before is check:
        return Phrase("compare_first", {"now": now})
    if before.quick != check.quick:
        return Phrase("compare_other_kind", {"now": now})
    told: dict[str, Value] = {
        "now": now,
        "on": long_ago(before.finished_on, question.today),
        "before": result.total(before),
    }
    return Phrase("compare_before", told)


def _line(check: Check | None, asked: CheckQuestion, share: Statistic) -> Phrase:
    told: dict[str, Value] = {"what": share.plain, "value": spoken(share)}
    points = check.points.get(asked.slug) if check else None
    if points is None:
        return Phrase("compare_line", told)
    return Phrase("compare_line_own", told | {"mark": asking.mark(points)})


def _members(members: Members | None) -> Phrase:
    """Told in tens and fives only, so that nobody can be made out."""
    if members is None:
        return Phrase("compare_too_few_members")
    return Phrase("compare_members", {"companies": members.companies, "points": members.points})


def _calculated(check: Check | None, question: Question) -> dict[str, int]:
    found = {"fewest members": 10}
    if question.members:
        found |= {"members": question.members.companies, "points of members": question.members.points}
    return found | (result.figures(check, question) if check else {})
