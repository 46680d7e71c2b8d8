"""What every kind of record has in common.

A YAML file under ``knowledge/content/<kind>/`` holds one document or a list of them. The kind is the
folder's name; a record's public id is ``<kind>/<slug>`` and is never reused. Unknown is ``null``, never
a guess; every record stands on at least one dated source. Each key carries a hint for whoever writes it.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# 2023, 2026-03 or 2026-03-15: sources often name no day
LooseDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Hour = Annotated[str, StringConstraints(pattern=r"^\d{1,2}:\d{2}$")]
Confidence = Literal["high", "medium", "low"]

SURE = "high：公式の文書を見た。medium：二次資料、または一部だけ確認。low：非公式の1資料のみ"


class Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Document):
    """Where a fact was read. ``url`` is null where none was verified: it is then not shown as a link."""

    title: Text = Field(description="資料の名前と発行者。相談者に出典として見せる")
    url: HttpUrl | None = Field(default=None, description="確かめた番地。確かめていなければ null")
    published: LooseDate | None = Field(
        default=None, description="発行日。2026、2026-03、2026-03-15 のどれか"
    )
    checked_on: date = Field(description="最後に確かめた日")


class Review(Document):
    status: Literal["draft", "checked"] = Field(description="draft：下書き。checked：別の目で確かめた")
    on: date = Field(description="確かめた日")


class Fact(Document):
    text: Text = Field(description="確かめた事実を1文で。自分たちの言葉で書く")
    source: Source = Field(description="この事実だけの出典")
    confidence: Confidence = Field(description=SURE)


class Cost(Document):
    """A price somebody published, in yen. ``basis`` says what it is the price of."""

    min_yen: int | None = Field(description="下限（円）。分からなければ null")
    max_yen: int | None = Field(description="上限（円）。分からなければ null、無料なら 0")
    unit: Text = Field(description="円/台・月、円/年、円 など")
    basis: Text = Field(description="何の値段か。目安なら目安と書く")
    confidence: Confidence = Field(description=SURE)


class Record(Document):
    """What every kind has in common. ``aliases`` are owners' own words for it."""

    kind: ClassVar[str]

    slug: Slug = Field(description="英小文字とハイフンの名前。ファイル名と同じ。使い回さない")
    title: Text = Field(description="日本語の名前。相談者に見せる")
    aliases: list[Text] = Field(
        default=[],
        description="相談者が使う言い方。かな、打ちまちがい、古い名前、業界のことば。同じ種類の中で重ねない",
    )
    confidence: Confidence = Field(description=SURE)
    sources: list[Source] = Field(min_length=1, description="出典。最初のものを相談者に見せる")
    related: list[RecordId] = Field(default=[], description="あわせて読むとよい記録の id。種類は問わない")
    review: Review = Field(description="この記録を確かめた記録")

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.slug}"
