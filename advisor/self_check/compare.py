"""A self-check beside others: one's own last one, what firms said in IPA's survey, the association's members.

No source gives the points of other firms, so none are made up; members are told from ten companies on.
"""

from dataclasses import replace

from advisor.exchange import Answer, Members, Phrase, Question, Value, answer
from advisor.level_figures import of_survey, spoken
from advisor.reading import long_ago
from advisor.self_check import ask as asking
from advisor.self_check import result, run
from advisor.state import Check
from knowledge.documents import Question as CheckQuestion
from knowledge.documents import Record, Scheme, Statistic
from knowledge.library import Library

TOPIC = asking.TOPIC
# Questions of the check that a survey asked of firms as well. Two surveys never stand in one answer: they
# asked other firms in other ways.
OF_IPA = {
    "sd-01": "statistic/ipa24-os",
    "sd-02": "statistic/ipa24-av",
    "sd-05": "statistic/ipa24-share",
    "sd-24": "statistic/ipa24-inc",
    "sd-25": "statistic/ipa24-rule",
}
OF_SMALL_FIRMS = {"sd-02": "statistic/zk-corp-av", "sd-25": "statistic/zk-corp-rule-none"}
LINES = 3


def compare(question: Question, library: Library) -> Answer:
    """With the run before, IPA's survey and the members; without a run, what firms do."""
    check = run.finished(question.state)
    values: dict[str, Value] = {
        "own": _own(check, question) if check else Phrase("compare_no_check"),
        "members": _members(question.members),
        "begin": "" if check else "1",
        "plan": "1" if check else "",
    }
    return _beside(question, library, "assessment_compare", OF_IPA, values)


def compare_small(question: Question, library: Library) -> Answer:
    """With the survey of small firms that this advisor comes from: few answered, and that is said."""
    values: dict[str, Value] = {"begin": "" if run.finished(question.state) else "1"}
    return _beside(question, library, "assessment_compare_small", OF_SMALL_FIRMS, values)


def _beside(
    question: Question, library: Library, say: str, survey: dict[str, str], values: dict[str, Value]
) -> Answer:
    check = run.finished(question.state)
    shown = _surveyed(check, survey, library)
    told: dict[str, Value] = {
        "lines": [_line(check, asked, share) for asked, share in shown],
        **of_survey(shown[0][1]),
    }
    refs: list[Record] = [
        library.get_as(Scheme, run.SELF_CHECK),
        *(record for pair in shown for record in reversed(pair)),
    ]
    said = answer(question, TOPIC, say, refs=refs, values=values | told)
    return replace(said, calculated=_calculated(check, question))


def _surveyed(
    check: Check | None, survey: dict[str, str], library: Library
) -> list[tuple[CheckQuestion, Statistic]]:
    """The questions that a survey asked too; those the owner could not affirm first."""
    points = check.points if check else {}
    slugs = sorted(survey, key=lambda slug: points.get(slug, run.DONE))[:LINES]
    return [
        (library.get_as(CheckQuestion, f"question/{slug}"), library.get_as(Statistic, survey[slug]))
        for slug in slugs
    ]


def _own(check: Check, question: Question) -> Phrase:
    """This run, and how it stands against the one before."""
    if check.quick:
        done = sum(points == run.DONE for points in check.points.values())
        now = Phrase("check_score_quick", {"done": done, "of": len(check.points)})
    else:
        now = Phrase("check_score", {"points": result.total(check), "most": result.most(check)})
    before = run.before(question.state, check)
    if before is None or before.finished_on is None:
        return Phrase("compare_first", {"now": now})
    if before.quick != check.quick:
        return Phrase("compare_other_kind", {"now": now})
    told: dict[str, Value] = {
        "now": now,
        "on": long_ago(before.finished_on, question.today),
        "before": result.reached(before),
        "unit": result.unit(before),
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
