"""社内の決まりの案: what is in it, for which company, and when it is given."""

import pytest

from advisor import follow_up, policy
from advisor.exchange import Answer, Question
from advisor.papers import Article, Rules
from advisor.state import Check, State
from knowledge.documents import Question as CheckQuestion
from knowledge.documents import Template
from knowledge.library import Library
from tests.knowing import TODAY, asked, knowing


def draft(library: Library, state: State | None = None, **entities: str) -> Rules:
    """What the choice gives."""
    question = asked("ask_policy", "/ask_policy", state=state, aspect="draft", **entities)
    return paper_of(policy.explain(question, library))


def paper_of(answer: Answer) -> Rules:
    (paper,) = answer.papers
    assert isinstance(paper, Rules)
    return paper


def articles(rules: Rules) -> list[Article]:
    return [article for chapter in rules.chapters for article in chapter.articles]


def text(rules: Rules) -> str:
    return "\n".join(line for one in articles(rules) for line in (one.heading, *one.lines))


def titles(rules: Rules) -> list[str]:
    return [chapter.title for chapter in rules.chapters]


def checked(**points: int) -> State:
    given = {slug.replace("_", "-"): value for slug, value in points.items()}
    return State(checks=[Check(points=given, begun_on=TODAY, stage="finished")])


def test_of_a_company_that_nothing_is_known_of_all_may_be_needed(library: Library) -> None:
    every = sorted(library.every(Template), key=lambda template: template.order)
    assert titles(draft(library)) == [template.title for template in every]


@pytest.mark.parametrize(
    "words",
    [
        ("私用のLINE", "家族や友人と、いっしょに使いません", "辞めるときは、仕事のデータとアプリを消し"),
        ("鍵のかかる", "シュレッダー", "もう1人が番号を見て確かめます"),
        ("仕事に要る人だけが見られる", "半年に1回", "記録を見て"),
        ("その日のうちに止めます", "退職の日までに返して", "私物に残った仕事のデータ"),
        ("下の表の上から順に電話します",),
    ],
)
def test_it_holds_what_the_survey_found_missing(library: Library, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in text(draft(library))] == []


def test_nobody_is_told_to_change_passwords_every_so_often(library: Library) -> None:
    told = [one for one in text(draft(library)).splitlines() if "定期的" in one]
    assert told
    assert all("変えなくてかまいません" in one for one in told)


def test_who_to_call_is_listed_with_numbers_only_from_the_records(library: Library) -> None:
    (reaches,) = [chapter.reaches for chapter in draft(library).chapters if chapter.reaches]
    at = {reach.who: reach.at for reach in reaches}
    assert at["警察の相談電話"] == "#9110"
    assert at["IPAの会社向け窓口"] == "cs-support@ipa.go.jp"
    assert [at[who] for who in ("社長", "パソコンの保守会社・IT会社", "取引銀行の緊急窓口")] == ["", "", ""]


def test_what_the_company_has_not_is_left_out(library: Library) -> None:
    rules = draft(library, knowing(telework=False, byod=False, handles_personal_data=False))
    assert not {"テレワークの決まり", "個人情報の取扱いの決まり"} & {*titles(rules)}
    (private,) = [chapter for chapter in rules.chapters if "私物" in chapter.title]
    assert [article.heading for article in private.articles] == ["私物を仕事に使わない"]
    assert private.notes == []


def test_what_may_be_left_out_says_so_to_the_owner(library: Library) -> None:
    chapters = draft(library, knowing(telework=True)).chapters
    notes = {chapter.title: bool(chapter.notes) for chapter in chapters}
    assert notes["私物のスマホ・パソコンの決まり"]
    assert not notes["テレワークの決まり"]
    assert not notes["パスワードとIDの決まり"]


def test_what_was_heard_is_told_back_where_it_decides_anything(library: Library) -> None:
    inn = {"trade": "旅館", "employees": 12}
    assert draft(library, knowing(**inn, byod=True)).notes[0].name == "rules_told"
    assert draft(library, knowing(**inn)).notes[0].name == "rules_gaps"


def test_an_article_says_what_the_self_check_found_of_it(library: Library) -> None:
    rules = draft(library, checked(sd_03=4, sd_04=0, sd_21=2, sd_24=-1))
    found = {one.heading: [note.name for note in one.notes] for one in articles(rules) if one.notes}
    assert found == {
        "見てよい人": ["rules_not_done"],
        "使ってよい機器": ["rules_partly"],
        "おかしいと思ったら": ["rules_unknown"],
    }
    assert "rules_checked" in [note.name for note in rules.notes]


def test_the_newest_answer_to_a_question_counts(library: Library) -> None:
    before = Check(points={"sd-03": 0, "sd-04": 0}, begun_on=TODAY, stage="finished")
    now = Check(points={"sd-04": 4}, begun_on=TODAY, stage="aside")
    rules = draft(library, State(checks=[before, now]))
    assert [one.heading for one in articles(rules) if one.notes] == ["パスワードの作り方"]


def test_every_question_of_the_self_check_is_settled_somewhere(library: Library) -> None:
    settled = {question for template in library.every(Template) for question in template.questions}
    assert {question.id for question in library.every(CheckQuestion)} - settled == set()


def test_one_rule_is_drafted_alone_whatever_is_known(library: Library) -> None:
    rules = draft(library, knowing(byod=False), template="byod")
    assert titles(rules) == ["私物のスマホ・パソコンの決まり"]
    assert "仕事と私用の線引き" in [article.heading for article in articles(rules)]
    assert rules.name == "私物のスマホ・パソコンの決まり-2026-11-23"


@pytest.mark.parametrize(
    ("said", "entities", "title"),
    [
        ("社内規程のひな形はありませんか", {"measure": "社内規程"}, None),
        ("うちの決まりを作ってください", {}, None),
        ("ﾋﾅｶﾞﾀ ｷﾃｲ", {}, None),
        (
            "私物スマホの規程のひな形がほしい",
            {"template": "私物スマホの規程"},
            "私物のスマホ・パソコンの決まり",
        ),
        ("FAXの決まりの案をもらえますか", {}, "紙とFAXの決まり"),
        ("生成AIの社内ルールの見本", {"measure": "生成AIの社内ルール"}, "生成AIの決まり"),
    ],
)
def test_who_asks_for_a_draft_gets_the_paper(
    library: Library, said: str, entities: dict[str, str], title: str | None
) -> None:
    told = titles(paper_of(policy.explain(asked("ask_policy", said, **entities), library)))
    assert told == [title] if title else len(told) > 1


@pytest.mark.parametrize(
    "said",
    [
        "誓約書のひな形がほしい",
        "秘密保持契約の見本をください",
        "社内規程の書き方を教えてください",
        "規程は何年ごとに見直すのが適当でしょうか",
        "パスワードの決まりは何文字以上と書くのがいいですか",
        "ネットで拾ったひな形をそのまま使っていい？",
        "プライバシーポリシーのひな型",
    ],
)
def test_who_asks_for_advice_or_another_paper_gets_no_draft(library: Library, said: str) -> None:
    assert policy.explain(asked("ask_policy", said), library).papers == []


def then(library: Library, before: Question, said: str) -> Answer:
    state = policy.explain(before, library).state
    return policy.explain(asked("ask_policy", said, state=state), library)


@pytest.mark.parametrize("said", ["それを作ってもらえますか", "ひな形ください", "この決まりの案がほしい"])
def test_that_is_the_rule_told_last(library: Library, said: str) -> None:
    before = asked("ask_policy", "テレワークの決まりには何を書く", template="テレワークの決まり")
    assert titles(paper_of(then(library, before, said))) == ["テレワークの決まり"]


def test_another_rule_named_is_not_the_one_told_last(library: Library) -> None:
    before = asked("ask_policy", "テレワークの決まりには何を書く", template="テレワークの決まり")
    assert titles(paper_of(then(library, before, "パスワードのひな形ください"))) == ["パスワードとIDの決まり"]


def test_all_rules_can_be_asked_for_after_one(library: Library) -> None:
    before = asked("ask_policy", "テレワークの決まりには何を書く", template="テレワークの決まり")
    assert len(titles(paper_of(then(library, before, "社内規程を全部ください")))) > 1
    state = policy.explain(before, library).state
    assert len(titles(draft(library, state))) > 1


@pytest.mark.parametrize(
    ("wish", "say"),
    [
        (asked("ask_policy", "/ask_policy", aspect="draft"), "policy_filling"),
        (asked("ask_policy", "社内規程のひな形をください"), "policy_filling"),
        (asked("ask_policy", "/ask_policy", aspect="draft", template="byod"), "policy_filling_one"),
        (asked("ask_policy", "テレワークの決まりのひな形をください"), "policy_filling_one"),
    ],
    ids=["all, chosen", "all, typed", "one, chosen", "one, typed"],
)
def test_after_a_draft_it_is_told_where_to_begin(library: Library, wish: Question, say: str) -> None:
    state = policy.explain(wish, library).state
    assert follow_up.details(asked("ask_details", state=state), library).say == say
    asking = asked("ask_policy", "どこから書けばいいのかわからん", state=state)
    assert policy.explain(asking, library).say == say
    assert follow_up.others(asked("ask_others", state=state), library).say == "policy"


def test_where_to_begin_is_no_matter_of_a_draft_before_there_is_one(library: Library) -> None:
    assert policy.explain(asked("ask_policy", "規程はどこから作ればいい"), library).say == "policy"
    read = policy.explain(asked("ask_policy", "/ask_policy", template="byod"), library).state
    assert follow_up.details(asked("ask_details", state=read), library).say == "policy_rule"


def test_what_was_handed_out_is_asked_about_later_too(library: Library) -> None:
    for said in ("もらったひな形が難しい", "どこから書けばいいのかわからん、このひな形"):
        assert policy.explain(asked("ask_policy", said), library).say == "policy_filling"
    assert policy.explain(asked("ask_policy", "穴埋めで済む規程の見本"), library).say == "policy_draft"


def test_having_no_rules_at_all_is_a_wish_for_all(library: Library) -> None:
    said = "社内の決まりが一枚もないんです。ひな形をもらえますか"
    assert policy.explain(asked("ask_policy", said), library).say == "policy_draft"


def test_what_is_denied_is_not_what_is_asked_for(library: Library) -> None:
    denied = asked("ask_policy", "誓約書じゃなくて、社内の決まりのほうです", template="誓約書")
    assert policy.explain(denied, library).say == "policy"
    wished = asked("ask_policy", "誓約書ではなく社内の決まりのひな形がほしい", template="誓約書")
    assert len(titles(paper_of(policy.explain(wished, library)))) > 1
    plain = asked("ask_policy", "誓約書じゃないです", template="誓約書")
    assert policy.explain(plain, library).say == "policy_rule"
