"""How to apply: the things every application needs, the steps of single schemes, why applications fail."""

from datetime import date
from typing import Literal

from pydantic import Field, HttpUrl

from knowledge.documents.base import SURE, Confidence, Document, Record, RecordId, Text


class Route(Document):
    """One way to get something, and how long it takes."""

    name: Text = Field(description="やり方。「オンライン（マイナンバーカード）」など")
    takes: Text = Field(description="かかる日数（資料の言い方）")
    at_most_days: int | None = Field(description="長くて何日か。逆算に使う。分からなければ null")


class Step(Document):
    """One thing to do. ``days_before`` counts back from the deadline of the application."""

    do: Text = Field(description="すること。終止形、45字まで")
    takes: Text | None = Field(default=None, description="かかる日数（資料の言い方）")
    days_before: int | None = Field(default=None, ge=0, description="締切の何日前までに")
    by: date | None = Field(default=None, description="資料に日付があれば、その日まで")
    is_gate: bool = Field(default=False, description="過ぎると申し込めなくなる関門か")


class Papers(Document):
    who: Text = Field(description="法人、個人事業主、全員 など")
    items: list[Text] = Field(min_length=1, description="要る書類")


class Rejection(Document):
    """A usual reason why an application fails."""

    reason: Text = Field(description="理由。40字まで")
    applies: Text = Field(description="どの制度で")
    avoid: Text = Field(description="避け方。45字まで")
    confidence: Confidence = Field(description=SURE)


class Desk(Document):
    """Where help with an application is to be had."""

    who: Text = Field(description="どこに")
    use_for: Text = Field(description="何を相談できるか")
    fee: Text = Field(description="費用")


class Procedure(Record):
    """How something is got or applied for."""

    kind = "procedure"

    about: Literal["preparation", "flow", "rejections", "help", "warnings", "association"] = Field(
        description="preparation：先に取るもの。flow：進め方。rejections：落ちる理由。help：頼れる所。warnings：だまされないために。association：団体の職員がすること"
    )
    subsidies: list[RecordId] = Field(default=[], description="どの制度の話か。全制度なら空")
    plain: Text = Field(description="何の話か。です・ます、2文まで、90字まで")
    needs: list[Text] = Field(default=[], description="手元に要るもの")
    routes: list[Route] = Field(default=[], description="取り方が選べるとき")
    steps: list[Step] = Field(default=[], description="進める順")
    papers: list[Papers] = Field(default=[], description="要る書類")
    common_errors: list[Text] = Field(default=[], description="よくあるまちがい")
    rejections: list[Rejection] = Field(default=[], description="よくある不採択・不支給の理由")
    desks: list[Desk] = Field(default=[], description="相談できる所")
    tips: list[Text] = Field(default=[], description="楽にするこつ")
    official_url: HttpUrl | None = Field(
        default=None, description="公式ページの番地。確かめていなければ null"
    )
    caution: Text | None = Field(default=None, description="気をつけること")
