"""The shapes of what is known: one pydantic document per kind of record.

A YAML file under ``knowledge/content/<kind>/`` holds one document or a list of them.
The kind is the folder's name; a record's public id is ``<kind>/<slug>`` and is never reused.
Unknown is ``null``, never a guess; every record stands on at least one dated source.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# 2023, 2026-03 or 2026-03-15: sources often name no day
LooseDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Confidence = Literal["high", "medium", "low"]


class Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Document):
    """Where a fact was read. ``url`` is null where none was verified: it is then not shown as a link."""

    title: Text
    url: HttpUrl | None = None
    published: LooseDate | None = None
    checked_on: date


class Review(Document):
    status: Literal["draft", "checked"]
    on: date


class Record(Document):
    """What every kind has in common. ``aliases`` are owners' own words for it."""

    kind: ClassVar[str]

    slug: Slug
    title: Text
    aliases: list[Text] = []
    confidence: Confidence
    sources: list[Source] = Field(min_length=1)
    related: list[RecordId] = []
    review: Review

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.slug}"


class Cost(Document):
    """A price somebody published, in yen. ``basis`` says what it is the price of."""

    min_yen: int | None
    max_yen: int | None
    unit: Text
    basis: Text
    confidence: Confidence


class Adoption(Document):
    """The share of firms that do it, in percent of the survey named by ``text`` and the source."""

    text: Text
    percent: float
    source: Source


class Fact(Document):
    text: Text
    source: Source
    confidence: Confidence


class Measure(Record):
    """One thing a company can do. ``plain``, ``first_step`` and ``stage`` are our editorial judgement."""

    kind = "measure"

    plain: Text = Field(description="何を、なぜ。1〜2文、です・ます、80字まで")
    first_step: Text = Field(description="10人の会社の最初の一歩。です・ます、2文まで、90字まで")
    short_step: Text = Field(description="一覧に出す一言。体言止めか終止形、26字まで")
    stage: Literal["今すぐ", "次に", "余裕があれば"]
    protects_against: list[Text]
    effort: Text | None
    costs: list[Cost]
    free_help: list[Source] = Field(description="無料で使える公的な手引き・窓口")
    ipa_basic_no: int | None
    self_check_nos: list[int]
    scs_star3_nos: list[Text]
    priority_up_if: list[Text]
    adoption: Adoption | None
    facts: list[Fact]
    caution: Text | None


class Level(Record):
    """One step of the ladder that answers 「どこまでやれば十分か」. ``first``: the measures to start with."""

    kind = "level"

    step: int = Field(ge=0, le=4)
    target: Text
    content: Text
    evidence: Text
    plain: Text = Field(description="この段で何をするか。です・ます、1文、60字まで")
    first: list[RecordId] = Field(min_length=3, max_length=3)


class Incident(Record):
    """A published case. ``organisation`` is spoken only where ``named`` is true; otherwise ``told_as``."""

    kind = "incident"

    happened: LooseDate | None
    industry: Text
    trade: Text | None
    near_trades: list[Text] = Field(
        default=[], description="この事例が身近に感じられる業種のことば。診療所の事例なら 歯医者、整骨院 など"
    )
    organisation: Text
    named: bool
    told_as: Text = Field(description="「飲料の製造会社」のような、名前の代わりの言い方")
    size_band: Text | None
    incident_kind: Slug
    what: Text
    cause: Text | None
    damage: Text | None
    recovery: Text | None
    lesson: Text
    measures: list[RecordId]


class Interview(Record):
    """A firm or association interviewed for the survey report, under the report's letter."""

    kind = "interview"

    location: Text
    industry: Text
    trade: Text
    what: Text
    concern: Text | None
    points: list[Text]
    measures: list[RecordId]


class Notice(Document):
    """Whom to tell, within what time, and which rule says so."""

    who: Text
    within: Text
    why: Text | None


class Playbook(Record):
    """First response to one kind of incident, in an order that must be kept."""

    kind = "playbook"

    incident_kinds: list[Slug]
    now: list[Text] = Field(
        min_length=2, max_length=3, description="最初にする2〜3つ。命令でなく短い文、45字まで"
    )
    steps: list[Text]
    do_not: list[Text]
    evidence: list[Text]
    notify: list[Notice]
    call_first: list[RecordId] = Field(description="電話する順の contact。電話で受ける所が先")


class Contact(Record):
    """A desk that helps. ``by_phone`` is false for mail-only desks, which are never the first call."""

    kind = "contact"

    use_for: list[Text]
    plain: Text = Field(description="どんな時に頼れる所か。です・ます、1文、60字まで")
    phone: Text | None
    by_phone: bool
    email: Text | None
    web: HttpUrl | None
    hours: Text | None
    how: Text | None
    cost: Text | None
    note: Text | None


class Region(Document):
    """Where a scheme is for; ``prefectures`` are those of a region such as 九州."""

    level: Literal["national", "region", "prefecture", "municipality"]
    prefecture: Text | None
    municipality: Text | None
    prefectures: list[Text] = []

    def covers(self, prefecture: str | None, municipality: str | None) -> bool:
        """Whether a company there is within it; a place unknown is only within the nation."""
        if self.level == "national":
            return True
        if self.level == "region":
            return prefecture in self.prefectures
        if self.level == "prefecture":
            return prefecture == self.prefecture
        return (prefecture, municipality) == (self.prefecture, self.municipality)


class Window(Document):
    """One application round, JST dates; ``end`` is the last day, ``time`` the hour on it."""

    round: Text
    start: date | None
    end: date | None
    time: Annotated[str, StringConstraints(pattern=r"^\d{1,2}:\d{2}$")] | None
    note: Text | None


class Subsidy(Record):
    """A scheme that pays, lends or helps. Whether it is open is computed from ``windows``, never stored."""

    kind = "subsidy"

    scheme: Text
    tier: Literal["A", "B", "C"]
    operator: Text
    region: Region
    target: Text | None
    target_industry: Text | None
    industries: list[Text] = Field(description="対象業種。全業種なら空")
    target_size: Text | None
    max_employees: int | None
    plain: Text = Field(description="何にいくら出る制度か。です・ます、2文まで、90字まで")
    eligible_expenses: list[Text]
    security_relevance: Literal["explicit", "indirect", "unclear"]
    rate: Text | None
    cap_yen: int | None
    cap_note: Text | None
    floor_yen: int | None
    prerequisites: list[Text]
    windows: list[Window]
    year_round: bool = Field(description="締切がなく、いつでも使える制度か")
    method: Text | None
    documents: list[Text]
    lead_time: Text | None
    official_url: HttpUrl | None
    official_url_verified: bool
    caution: Text | None


class Statistic(Record):
    """One surveyed figure. A figure states its population, sample size, year and unit."""

    kind = "statistic"

    subject: Text
    item: Text
    value: float | str | None
    unit: Text | None
    plain: Text = Field(description="「ウイルス対策ソフトを入れている会社」のような、数値の前に置ける言い方")
    population: Text
    sample_size: int | None
    survey: Text = Field(description="調査の短い呼び名。全国中小企業共済財団の調査 など")
    survey_year: Text | None
    section: Text | None
    note: Text | None


KINDS: dict[str, type[Record]] = {
    document.kind: document
    for document in (Measure, Level, Incident, Interview, Playbook, Contact, Subsidy, Statistic)
}
