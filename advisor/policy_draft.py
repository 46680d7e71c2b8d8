"""A draft of the in-house rules, as a paper: all that the company needs, or the one asked for."""

from dataclasses import replace

from advisor.company import described, habits, joined
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.papers import Article, Chapter, Reach, Rules
from advisor.policy_wish import TOPIC
from advisor.reading import month
from advisor.state import Company, State
from knowledge.documents import Contact, Measure, Source, Template, TemplateArticle, TemplateContact
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

# The measure of having rules at all: its words name none of them.
ANY_RULE = "measure/internal-rules"
# The rules with the gaps to fill in first.
FILLED_FIRST = ("template/basic-policy", "template/emergency-contacts", "template/information-handling")
# Which fact of the company tells whether it needs an article.
FACTS = {"byod": "byod", "telework": "telework", "personal_data": "handles_personal_data"}
WITHOUT_BYOD = "without_byod"
# What an answer to the self-check is worth.
DONE, PARTLY, UNKNOWN = 4, 2, -1


def give(question: Question, library: Library, template: Template | None) -> Answer:
    """The draft of that rule; without one, of all the rules that the company needs."""
    return _one(question, library, template) if template else _all(question, library)


def filling_in(question: Question, library: Library, template: Template | None) -> Answer:
    """Where to begin with the draft of that rule, or with that of all."""
    if template:
        return answer(
            question, TOPIC, "policy_filling_one", refs=[template], values={"title": template.title}
        )
    first = [library.get_as(Template, ref) for ref in FILLED_FIRST]
    return answer(question, TOPIC, "policy_filling", refs=[*first])


def _all(question: Question, library: Library) -> Answer:
    company, points = question.state.company, _points(question.state)
    every = sorted(library.every(Template), key=lambda template: template.order)
    drafted = [(one, _chapter(one, company, points, library)) for one in every]
    needed = [template for template, chapter in drafted if chapter.articles]
    chapters = [chapter for _, chapter in drafted if chapter.articles]
    told = _told(company)
    notes = [Phrase("rules_told", {"told": told})] if told else []
    paper = Rules(
        title=Phrase("rules_paper"),
        name=_name(library.get_as(Measure, ANY_RULE).title, question),
        heading=Phrase("rules_heading"),
        made_on=question.today,
        chapters=chapters,
        notes=[*notes, *_notes(chapters)],
        sources=_sources(needed, library),
    )
    values: dict[str, Value] = {
        "fitted": Phrase("policy_fitted", {"told": told}) if told else Phrase("policy_unfitted"),
        "checked": Phrase("policy_checked") if _has_gaps(chapters) else "",
        "unchecked": "" if points else "1",
    }
    said = answer(question, TOPIC, "policy_draft", refs=[*needed], values=values)
    return replace(said, papers=[paper])


def _one(question: Question, library: Library, template: Template) -> Answer:
    """As if nothing were known of the company: whoever asks for the rule needs it."""
    points = _points(question.state)
    chapter = replace(_chapter(template, Company(), points, library), notes=[])
    title: dict[str, Value] = {"title": template.title}
    paper = Rules(
        title=Phrase("rules_paper_one", title),
        name=_name(template.title, question),
        heading=Phrase("rules_heading_one", title),
        made_on=question.today,
        chapters=[chapter],
        notes=_notes([chapter]),
        sources=_sources([template], library),
    )
    supported = library.get_as(Measure, template.measures[0])
    sample = template.official_sample
    values: dict[str, Value] = title | {
        "plain": template.plain,
        "sample": Phrase("policy_sample", {"title": sample}) if sample else "",
        "measure": supported.slug,
    }
    said = answer(question, TOPIC, "policy_draft_one", refs=[template, supported], values=values)
    return replace(said, papers=[paper])


def _name(title: str, question: Question) -> str:
    return f"{title}-{question.today.isoformat()}"


def _points(state: State) -> dict[str, int]:
    """What the self-check gave each question, the newest answer of each."""
    checks = (*state.checks, *([state.check] if state.check else []))
    return {slug: points for check in checks for slug, points in check.points.items()}


def _has_gaps(chapters: list[Chapter]) -> bool:
    return any(article.notes for chapter in chapters for article in chapter.articles)


def _told(company: Company) -> Phrase | None:
    """What was heard of the company, where any of it decides what is in the draft."""
    told = habits(company, [fact for fact in FACTS.values() if getattr(company, fact) is not None])
    return joined([*filter(None, [described(company), told])]) if told else None


def _notes(chapters: list[Chapter]) -> list[Phrase]:
    """How to use the draft."""
    checked = [Phrase("rules_checked")] if _has_gaps(chapters) else []
    return [Phrase("rules_gaps"), Phrase("rules_notes"), *checked, Phrase("rules_law")]


def _chapter(template: Template, company: Company, points: dict[str, int], library: Library) -> Chapter:
    needed = [one for one in template.articles if _is_needed(one.needs, company)]
    is_sure = template.is_for_everybody or any(one.needs and _is_sure(one.needs, company) for one in needed)
    return Chapter(
        title=template.title,
        purpose=template.plain,
        articles=[Article(one.heading, one.lines, _found(one, points, library)) for one in needed],
        reaches=[_reach(one, library) for one in template.contacts],
        notes=[] if is_sure else [Phrase("rules_if_needed", {"needed": template.needed_if})],
    )


def _is_needed(needs: str | None, company: Company) -> bool:
    """Whether it may be needed, as far as is known."""
    if needs == WITHOUT_BYOD:
        return company.byod is False
    return needs is None or getattr(company, FACTS[needs]) is not False


def _is_sure(needs: str, company: Company) -> bool:
    return needs == WITHOUT_BYOD or getattr(company, FACTS[needs]) is True


def _found(article: TemplateArticle, points: dict[str, int], library: Library) -> list[Phrase]:
    """What the self-check found wanting of what the article settles."""
    questions = [library.get_as(CheckQuestion, ref) for ref in article.questions]
    found = [(one.title, points[one.slug]) for one in questions if one.slug in points]
    return [_note(title, given) for title, given in found if given < DONE]


def _note(title: str, given: int) -> Phrase:
    about: dict[str, Value] = {"title": title}
    if given == PARTLY:
        return Phrase("rules_partly", about)
    return Phrase("rules_unknown" if given == UNKNOWN else "rules_not_done", about)


def _reach(line: TemplateContact, library: Library) -> Reach:
    if line.contact is None:
        return Reach(line.who, line.about)
    desk = library.get_as(Contact, line.contact)
    at = _at(desk)
    return Reach(line.who, line.about, at, (desk.hours or "") if at else "")


def _at(desk: Contact) -> str:
    """Where it is reached; nothing of one that each company has its own of, such as its bank."""
    return desk.phone or desk.email or (str(desk.web) if desk.web else "")


def _sources(templates: list[Template], library: Library) -> list[Phrase]:
    """Each once, with the month of its publication, or that in which it was read; then those of the desks."""
    desks = [library.get_as(Contact, ref) for template in templates for ref in template.desks]
    read = [source for template in templates for source in template.sources]
    read += [desk.sources[0] for desk in desks if _at(desk)]
    return [_source(source) for source in {source.title: source for source in read}.values()]


def _source(source: Source) -> Phrase:
    if source.published:
        return Phrase("rules_source_dated", {"title": source.title, "published": month(source.published)})
    read_in = month(source.checked_on.isoformat())
    return Phrase("rules_source", {"title": source.title, "checked": read_in})
