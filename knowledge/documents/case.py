"""What happened to others, and how they cope."""

from pydantic import Field

from knowledge.documents.base import LooseDate, Record, RecordId, Slug, Text


class Incident(Record):
    """A published case. ``organisation`` is spoken only where ``named`` is true; otherwise ``told_as``."""

    kind = "incident"

    happened: LooseDate | None = Field(description="起きた時。分からなければ null")
    industry: Text = Field(description="調査の19業種の名前")
    trade: Text | None = Field(description="具体的な業種のことば")
    near_trades: list[Text] = Field(
        default=[], description="この事例が身近に感じられる業種のことば。診療所の事例なら 歯医者、整骨院 など"
    )
    organisation: Text = Field(description="名前。相談者に言うのは named が true のときだけ")
    named: bool = Field(description="自ら公表した大企業・公的機関・病院なら true。小さな会社は false")
    told_as: Text = Field(description="「飲料の製造会社」のような、名前の代わりの言い方")
    size_band: Text | None = Field(description="従業員の規模。公表されていなければ null")
    incident_kind: Slug = Field(description="事故の種類（vocabulary/incident_kind.yml の名前）")
    what: Text = Field(description="何が起きたか。疑いは疑いのまま書く")
    cause: Text | None = Field(description="原因。公表されていなければ null")
    damage: Text | None = Field(description="被害。公表されていなければ null")
    recovery: Text | None = Field(description="どう立て直したか。公表されていなければ null")
    lesson: Text = Field(description="学べること（編集の判断）。1〜2文")
    measures: list[RecordId] = Field(description="防ぐのに役立つ対策の id（編集の判断）")


class Interview(Record):
    """A firm or association interviewed for the survey report, under the report's letter."""

    kind = "interview"

    location: Text = Field(description="所在地（都道府県）")
    industry: Text = Field(description="調査の19業種の名前")
    trade: Text = Field(description="具体的な業種のことば")
    what: Text = Field(description="取り組みと経緯")
    concern: Text | None = Field(description="困っていること")
    points: list[Text] = Field(description="まねできること")
    measures: list[RecordId] = Field(description="関わる対策の id")
