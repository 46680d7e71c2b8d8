"""Plans as an owner would get them, built by hand from the real records; and plans nobody should get."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle

from advisor.exchange import Phrase
from advisor.papers import Aid, Desk, Gap, Plan, Points, Stretch, Task
from advisor.reading import yen
from advisor.windows import deadline
from knowledge.documents import Contact, Measure, Subsidy
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

MADE_ON = date(2026, 11, 23)
WEEK, MONTH, HALF_YEAR = date(2026, 11, 30), date(2026, 12, 23), date(2027, 5, 23)
NO, PARTLY, UNSURE = "実施していない", "一部実施している", "わからない"
# How the inn answered the questions it did not answer with 実施している, the riskiest first.
MARKS = {11: NO, 3: PARTLY, 24: NO, 1: PARTLY, 20: PARTLY, 25: NO, 23: UNSURE, 21: NO, 9: PARTLY}


def inn(library: Library) -> Plan:
    """A twelve-person inn in 石川県 that has answered the self-check."""
    return Plan(
        title=said("情報セキュリティ対策の計画"),
        name="taisaku-keikaku-20261123",
        heading=said("石川県・12名の旅館さんへ"),
        made_on=MADE_ON,
        level="標準",
        why="宿泊者の個人情報を預かるためです。取引先から求められたときは、その上の段も考えます。",
        stretches=[
            Stretch(said("今週"), WEEK, tasks(library, "backup")),
            Stretch(said("今月"), MONTH, tasks(library, "password-mfa", "os-update", "incident-plan")),
            Stretch(
                said("この半年"),
                HALF_YEAR,
                tasks(library, "cloud-settings", "education-elearning", "internal-rules"),
            ),
        ],
        score=Points("合計", 58, 100),
        band="行き届いていない点が目立ちます。解説を読んで取りかかります。",
        parts=[
            Points("基本的対策", 10, 20),
            Points("従業員としての対策", 34, 52),
            Points("組織としての対策", 14, 28),
        ],
        gaps=[gap(library, number) for number in list(MARKS)[:8]],
        more_gaps=3,
        aids=[
            aid(library, slug) for slug in ("jizokuka-20", "digital-ai-2026-security", "otasuketai-service")
        ],
        desks=[desk(library, slug) for slug in ("ipa-corp", "police-9110", "ppc-report", "jnsa-emergency")],
        sources=[
            "IPA 中小企業の情報セキュリティ対策ガイドライン 第4.0版（2026年3月／11月23日確認）",
            "東京都 情報セキュリティ自社診断（2023年／11月23日確認）",
            "IPA 5分でできる自社診断 採点欄の写し（2016年／11月23日確認）",
        ],
        cautions=[
            said("診断の番号と内容は第3.1版のものです。99点以下の見方は、2016年の古い版の採点欄によります。"),
            said("取りかかる順番は編集の判断で、公的な順位ではありません。"),
        ],
    )


def for_everyone(library: Library) -> Plan:
    """What can be said to an owner of whom nothing is known."""
    return Plan(
        title=said("情報セキュリティ対策の計画"),
        name="taisaku-keikaku-20261123",
        heading=said("どの会社にも共通の計画"),
        made_on=MADE_ON,
        level="最低線",
        why="業種や人数が分からないため、どの会社にも共通の段から始めます。",
        stretches=[
            Stretch(said("今週"), WEEK, tasks(library, "os-update", checked=False)),
            Stretch(said("今月"), MONTH, tasks(library, "password-mfa", "backup", checked=False)),
        ],
        desks=[desk(library, "police-9110")],
        sources=["IPA 中小企業の情報セキュリティ対策ガイドライン 第4.0版（2026年3月／11月23日確認）"],
    )


def crowded(plan: Plan, words: str | Sequence[str], count: int) -> Plan:
    """The plan with ``count`` of everything and these words in every place."""
    turn = cycle([words] if isinstance(words, str) else words)
    tell = turn.__next__
    address = "https://example.jp/" + "a" * 300
    return replace(
        plan,
        title=said("計画" + tell()),
        heading=said(tell()),
        level=tell(),
        why=[said(tell())],
        stretches=[
            Stretch(said(tell()), MADE_ON, [Task(tell(), tell(), tell(), tell()) for _ in range(count)])
            for _ in plan.stretches
        ],
        score=Points(tell(), -25, 100),
        band=tell(),
        parts=[Points(tell(), points, 20) for points in (-5, 20, 0)],
        gaps=[Gap(number, tell(), tell()) for number in range(count)],
        aids=[Aid(tell(), tell(), [said(tell())], address) for _ in range(count)],
        desks=[Desk(tell(), tell(), tell(), tell(), address) for _ in range(count)],
        sources=[tell() for _ in range(count)],
        cautions=[said(tell()) for _ in range(count)],
    )


def said(words: str) -> Phrase:
    """Words of an owner or of a record as a phrase of their own."""
    return Phrase("missing_need", {"title": words})


def tasks(library: Library, *slugs: str, checked: bool = True) -> list[Task]:
    measures = [library.get_as(Measure, f"measure/{slug}") for slug in slugs]
    return [
        Task(one.short_step, one.first_step, one.first_effort or "", _found(one) if checked else "")
        for one in measures
    ]


def _found(measure: Measure) -> str:
    return next((MARKS[number] for number in measure.self_check_nos if number in MARKS), "")


def gap(library: Library, number: int) -> Gap:
    question = library.get_as(CheckQuestion, f"question/sd-{number:02}")
    return Gap(number, question.title.split(" ", 1)[1], MARKS[number])


def aid(library: Library, slug: str) -> Aid:
    scheme = library.get_as(Subsidy, f"subsidy/{slug}")
    pays = f"上限{yen(scheme.cap_yen)}（{scheme.rate}）" if scheme.cap_yen else scheme.plain
    url = str(scheme.official_url) if scheme.official_url and scheme.official_url_verified else None
    return Aid(scheme.title, pays, deadline(scheme, MADE_ON), url)


def desk(library: Library, slug: str) -> Desk:
    one = library.get_as(Contact, f"contact/{slug}")
    return Desk(one.title, one.use_for[0], one.phone, one.hours, str(one.web) if one.web else None)
