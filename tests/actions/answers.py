"""Every answer there is: each record asked about in every way, and what each follow-up gives."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from advisor import (
    assessment,
    association,
    consult,
    follow_up,
    incident_case,
    incident_response,
    level,
    measure,
    policy,
    product_choice,
    profile,
    standard,
    statistic,
    subsidy,
    subsidy_procedure,
    term,
    unknown,
)
from advisor.answering import answered
from advisor.exchange import Answer, Members, Question
from advisor.first_response import live
from advisor.state import Check, State
from knowledge.documents import (
    Contact,
    Guideline,
    Incident,
    Measure,
    Playbook,
    Procedure,
    Product,
    Record,
    Scheme,
    Statistic,
    Subsidy,
    Template,
    Term,
    Trend,
)
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library
from tests.knowing import TODAY, asked, knowing

Asking = Callable[[Question, Library], Answer]
Pair = tuple[Question, Answer]
# in the middle of a round, after a gate of it, after the last known rounds
DAYS = (TODAY, date(2026, 12, 10), date(2027, 6, 1))
INN = knowing(industry="宿泊業", trade="旅館", employees=12, prefecture="石川県")
PARTS = knowing(industry="製造業", trade="部品加工", employees=40, prefecture="三重県")


def _ask(library: Library, way: Asking, question: Question) -> Pair:
    return question, way(question, library)


def _then(library: Library, first: Pair, *ways: Asking) -> Iterator[Pair]:
    """The answer, and what each follow-up of it gives."""
    yield first
    for way in ways:
        yield _ask(library, way, asked("follow_up", state=first[1].state, today=first[0].today))


def _on_and_on(library: Library, first: Pair, way: Asking, times: int) -> Iterator[Pair]:
    for _ in range(times):
        first = _ask(library, way, asked("follow_up", state=first[1].state, today=first[0].today))
        yield first


def _each(library: Library, kind: type[Record], intent: str, way: Asking, *texts: str) -> Iterator[Pair]:
    """Every record of a kind, named; then more of it and others like it."""
    for record in library.every(kind):
        for text in texts or ("",):
            first = _ask(library, way, asked(intent, text, **{kind.kind: record.slug}))
            yield from _then(library, first, follow_up.details, follow_up.others)


def measures(library: Library) -> Iterator[Pair]:
    yield from _each(library, Measure, "ask_measure", measure.explain, "", "費用はいくら")
    for record in library.every(Measure):
        for way in (subsidy.find, product_choice.help_choose, policy.explain, standard.explain, term.explain):
            yield _ask(library, way, asked("ask", measure=record.slug))


# What is known of a company beside trade and size, and what owners ask or doubt.
FACTS: tuple[dict[str, bool], ...] = (
    {},
    {"customer_demands": True, "telework": True},
    {"customer_demands": False, "byod": True, "telework": True},
    {"handles_personal_data": False},
    {"handles_personal_data": True, "telework": True},
)
SIZES = (None, 3, 12, 1234)
LEVEL_QUESTIONS = (
    "どこまでやれば十分ですか",
    "小さな店でもやらなあかん？",
    "最低限なにをすればいい",
    "お金をかけずにできることは",
    "ひとつだけやるなら何",
    "全部でいくらかかる？",
    "個人情報なんて扱ってないから関係ないでしょ",
    "小さいから狙われないでしょ",
    "取引先に恥ずかしくない水準は？",
    "★3が必要？",
    "ISMSまで要る？",
    "全部やる必要ある？",
    "これだけやれば大丈夫？",
    "後回しでいいのは",
    "次の段は",
    "同業はどこまでやってる",
    "人数が増えたら変わる？",
    "段を全部見たい",
    "なんでその段なの",
)


def levels(library: Library) -> Iterator[Pair]:
    for industry in (None, *{*library.words("industry").values()}):
        for facts in FACTS:
            for employees in SIZES:
                state = knowing(industry=industry, employees=employees, **facts)
                yield _ask(library, level.advise, asked("ask_level", state=state))
            for text in LEVEL_QUESTIONS:
                yield _ask(library, level.advise, asked("ask_level", text, state=state))
        state = knowing(industry=industry, employees=1234)
        yield _ask(library, standard.explain, asked("ask_standard", state=state))


def levels_continued(library: Library) -> Iterator[Pair]:
    """What a choice or a follow-up brings, and what a reply to the question back brings."""
    for industry in (None, *{*library.words("industry").values()}):
        for facts in FACTS:
            state = knowing(industry=industry, employees=1234, **facts)
            first = _ask(library, level.advise, asked("ask_level", state=state))
            yield from _then(library, first, follow_up.details)
            yield from _on_and_on(library, first, follow_up.others, 6)
            state = first[1].state
            for aspect in ("effort", "missing", "peers", "pays"):
                yield _ask(library, level.advise, asked("ask_level", state=state, aspect=aspect))
            for reply in ("はい", "ないです", "言いたくない", "予約の電話番号はメモしてる"):
                question = asked("inform_company", reply, state=state)
                waited = profile.waited_for(question, library)
                if waited:
                    yield question, waited
            for done in ("backup", "antivirus-edr", "password-mfa"):
                question = asked("ask_level", f"{done}はやってる", state=state, measure=done)
                yield _ask(library, level.advise, question)


def incidents(library: Library) -> Iterator[Pair]:
    for record in library.every(Incident):
        text = "同じ規模の事例は"
        first = _ask(library, incident_case.tell, asked("ask_incident_case", text, incident=record.slug))
        yield from _then(library, first, follow_up.details, follow_up.others)
        told = [case.id for case in library.every(Incident) if case != record]
        state = knowing().after("incident_case", told)
        kind = {"incident_kind": record.incident_kind}
        yield _ask(library, incident_case.tell, asked("ask_incident_case", text, state=state, **kind))


# What may be said in the middle of an incident, wherever it is.
DURING = (
    "どうだろう",
    "保険は出ないの？",
    "国に報告は要りますか",
    "何をしたらだめ？",
    "業者にまかせてます",
    "どこに電話すればいい",
    "電源は切っていい？",
    "①だけできた",
    "戻って",
    "最初から",
    "助けて！！",
    "もう落ち着いた",
    "終わり",
    "さっきのできた",
    "勘違いでした",
    "備えとして聞きたい",
)


def playbooks(library: Library) -> Iterator[Pair]:
    for record in library.every(Playbook):
        for text in ("", "助けて！！", record.title, "もしなったら、どうすればいい？"):
            question = asked("report_incident", text, playbook=record.slug)
            first = _ask(library, incident_response.respond, question)
            yield from _then(library, first, follow_up.details, follow_up.others)
        first = _ask(library, incident_response.respond, asked("report_incident", playbook=record.slug))
        yield from _led_on(library, first)
    unknown_kind = _ask(library, incident_response.respond, asked("report_incident", "なんか変です"))
    yield from _led_on(library, unknown_kind)


def _led_on(library: Library, first: Pair) -> Iterator[Pair]:
    """To the end with what can and what can't be done, and whatever may be said on the way."""
    yield from _to_the_end(library, first, follow_up.deny)
    told = [first, *_to_the_end(library, first, follow_up.affirm)]
    yield from told
    for _, before in told:
        yield _ask(library, live.where, asked("nlu_fallback", state=before.state))
        yield from _then(library, (first[0], before), follow_up.details, follow_up.others)
    for _, before in (told[1], told[-2], told[-1]):
        for text in DURING:
            question = asked("nlu_fallback", text, state=before.state)
            if said := live.said_during(question, library):
                yield question, said
                again = asked("nlu_fallback", "どうしよう！！", state=said.state)
                if cried := live.said_during(again, library):
                    yield again, cried


def _to_the_end(library: Library, first: Pair, way: Asking) -> Iterator[Pair]:
    question, said = first
    while said.state.emergency and not said.state.emergency.ended:
        question, said = _ask(library, way, asked("follow_up", state=said.state, today=question.today))
        yield question, said


def subsidies(library: Library) -> Iterator[Pair]:
    for record in library.every(Subsidy):
        for day in DAYS:
            for text in ("", "60万円くらいで考えています"):
                question = asked("ask_subsidy", text, state=PARTS, today=day, subsidy=record.slug)
                yield _ask(library, subsidy.find, question)
            for text in ("申請の流れ", "書類は何が要る"):
                question = asked("ask_subsidy_procedure", text, today=day, subsidy=record.slug)
                first = _ask(library, subsidy_procedure.explain, question)
                yield from _then(library, first, follow_up.details, follow_up.others)


def places(library: Library) -> Iterator[Pair]:
    wishes = (
        "",
        "UTMを入れたい",
        "研修に120万円かけたい",
        "ISMSを取りたい",
        "無料の支援",
        "パソコンの買い替え",
        "融資",
    )
    for prefecture in {*library.words("prefecture").values()}:
        for wish in wishes:
            entities = {"prefecture": prefecture, "industry": "診療所", "employees": "12"}
            first = _ask(library, subsidy.find, asked("ask_subsidy", wish, **entities))
            yield from _then(library, first, follow_up.others)
    for state in (INN, PARTS):
        for day in DAYS:
            first = _ask(library, subsidy.find, asked("ask_subsidy", state=state, today=day))
            yield first
            yield from _on_and_on(library, first, follow_up.others, 12)


def procedures(library: Library) -> Iterator[Pair]:
    for record in library.every(Procedure):
        way = association.advise if record.about == "association" else subsidy_procedure.explain
        for day in DAYS:
            question = asked("ask_subsidy_procedure", state=PARTS, today=day, procedure=record.slug)
            first = _ask(library, way, question)
            yield from _then(library, first, follow_up.details, follow_up.others)
        for start in range(0, len(record.steps), 3):
            question = asked("ask_subsidy_procedure", procedure=record.slug, aspect=str(start))
            yield _ask(library, subsidy_procedure.explain, question)
    for text in ("落ちる理由は", "だれに頼める", "必ず通ると言う業者", "書類は", "締切に間に合う？"):
        first = _ask(library, subsidy_procedure.explain, asked("ask_subsidy_procedure", text))
        yield first
        yield from _on_and_on(library, first, follow_up.details, 5)


def statistics(library: Library) -> Iterator[Pair]:
    yield from _each(library, Statistic, "ask_statistic", statistic.tell)
    yield from _each(library, Trend, "ask_statistic", statistic.tell)


def words_and_standards(library: Library) -> Iterator[Pair]:
    yield from _each(library, Term, "ask_term", term.explain)
    yield from _each(library, Scheme, "ask_standard", standard.explain, "", "いくらかかる")
    yield from _each(library, Guideline, "ask_standard", standard.explain)
    yield _ask(library, standard.explain, asked("ask_standard", "取引先から求められた"))
    yield _ask(library, standard.explain, asked("ask_standard", "どの段階まで"))
    for one in library.every(Term):
        for other in one.related:
            if other.startswith("term/"):
                question = asked("ask_term", "違いは", term=one.slug)
                question.entities["term"].append(other.split("/")[1])
                yield _ask(library, term.explain, question)


def rules_and_products(library: Library) -> Iterator[Pair]:
    yield from _each(library, Template, "ask_policy", policy.explain)
    yield from _each(library, Product, "ask_product", product_choice.help_choose)
    for way in (policy.explain, product_choice.help_choose, association.advise, assessment.advise):
        first = _ask(library, way, asked("ask"))
        yield from _then(library, first, follow_up.details)
        yield from _on_and_on(library, first, follow_up.others, 8)
    yield from _each(library, CheckQuestion, "ask_assessment", assessment.advise)
    yield from drafts(library)


def drafts(library: Library) -> Iterator[Pair]:
    """Of all rules, for what may be known of a company, and of each."""
    wishes = [{"template": template.slug} for template in library.every(Template)]
    for facts in FACTS:
        company = knowing(trade="旅館", employees=1234, **facts)
        for check in (None, Check(points={"sd-01": 0, "sd-21": 2}, begun_on=TODAY)):
            state = company.model_copy(update={"check": check})
            for wish in ({}, *wishes):
                question = asked("ask_policy", "/ask_policy", state=state, aspect="draft", **wish)
                first = _ask(library, policy.explain, question)
                yield from _then(library, first, follow_up.details, follow_up.others)


MARKS = (4, 2, 0, -1)
BETWEEN = (
    "たぶん",
    "それどういう意味",
    "5",
    "はい、次もはい",
    "前に戻って",
    "問3はいいえ",
    "うちにはWi-Fiはない",
    "あと何問？",
    "質問が多すぎる",
    "あsdf",
    "休む",
    "やめる",
)
BESIDE = ("plan", "compare", "small", "anew", "about", "forget", "0", "5", "20", "wider", "resume", "pause")


def self_checks(library: Library) -> Iterator[Pair]:
    """Every question of it, whatever is said in between, and what it says in the end."""
    for quick in (False, True):
        for company in (State(), INN):
            for mark in MARKS:
                yield from _checked(library, company, mark, quick=quick)


def _checked(library: Library, state: State, mark: int, *, quick: bool) -> Iterator[Pair]:
    """A check that is answered alike throughout, twice, so that it can be compared."""
    for _ in range(2):
        first = _reply(library, state, "診断したい", "ask_assessment")
        yield first
        yield _reply(library, first[1].state, "いいえ")
        said = _reply(library, first[1].state, "6問だけで" if quick else "はい")
        while (check := said[1].state.check) and check.at:
            yield said
            state = said[1].state
            if mark == MARKS[0]:
                yield from (_reply(library, state, text) for text in BETWEEN)
            pressed = {"question": str(check.at), "aspect": str(mark)}
            said = _reply(library, state, "/ask_assessment", "ask_assessment", **pressed)
        yield said
        state = said[1].state
        for members in (None, Members(companies=20, points=55, parts={})):
            question = replace(asked("ask_assessment", "/", state=state, aspect="compare"), members=members)
            yield _ask(library, assessment.advise, question)
        for aspect in BESIDE:
            yield _reply(library, state, "/ask_assessment", "ask_assessment", aspect=aspect)
        yield from _then(library, said, follow_up.details, follow_up.others)


def _reply(library: Library, state: State, text: str, intent: str = "nlu_fallback", **words: str) -> Pair:
    question = asked(intent, text, state=state, **words)
    return question, answered(question, library, assessment.advise)


def contacts(library: Library) -> Iterator[Pair]:
    for contact in library.every(Contact):
        yield _ask(library, consult.suggest, asked("ask_consult", contact=contact.slug))
    first = _ask(library, consult.suggest, asked("ask_consult"))
    yield from _on_and_on(library, first, follow_up.others, 7)


def guesses(library: Library) -> Iterator[Pair]:
    for record in (*library.every(Measure), *library.every(Term), *library.every(Subsidy)):
        yield _ask(library, unknown.offer_choices, asked("nlu_fallback", record.title))


ALL = [
    measures,
    levels,
    levels_continued,
    incidents,
    playbooks,
    subsidies,
    places,
    procedures,
    statistics,
    words_and_standards,
    rules_and_products,
    contacts,
    guesses,
    self_checks,
]
