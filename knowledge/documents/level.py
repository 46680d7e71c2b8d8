"""How much is enough, and the questions that tell where a company stands."""

from pydantic import Field

from knowledge.documents.base import Document, Record, RecordId, Text


class Basic(Document):
    """One of IPA's six basics."""

    no: int = Field(ge=1, le=6, description="番号。4・5・6番の並びは資料により違う")
    item: Text = Field(description="項目を短く。30字まで")
    measures: list[RecordId] = Field(min_length=1, description="それをする対策の id")


class Level(Record):
    """One step of the ladder that answers 「どこまでやれば十分か」. ``first``: the measures to start with."""

    kind = "level"

    step: int = Field(ge=0, le=4, description="はしごの段。0がいちばん下")
    target: Text = Field(description="どんな会社の段か")
    content: Text = Field(description="この段でやること")
    evidence: Text = Field(description="どの制度・手引きにもとづくか")
    plain: Text = Field(description="この段で何をするか。です・ます、1文、60字まで")
    first: list[RecordId] = Field(min_length=3, max_length=3, description="先にやる対策の id を3つ")
    measures: list[RecordId] = Field(
        default=[],
        description="この段でそろえる対策の id、先にやる順（編集の判断）。下の段の分は書かない",
    )
    basics: list[Basic] = Field(default=[], description="この段の中身がIPAの6か条なら、その6項目")


class Question(Record):
    """One of the 25 questions of IPA's self-check."""

    kind = "question"

    no: int = Field(ge=1, le=25, description="番号（第3.1版）")
    part: Text = Field(description="基本的対策、従業員、組織 のどれか（資料の言い方）")
    asks: Text = Field(description="相談者への問い。です・ます、1文、50字まで")
    explain: Text = Field(description="問いの意味がわからない人への言い換え。です・ます、2文まで、90字まで")
    measures: list[RecordId] = Field(min_length=1, description="足りないときにする対策の id")
