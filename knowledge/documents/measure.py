"""What a company can do."""

from typing import Literal

from pydantic import Field

from knowledge.documents.base import Cost, Document, Fact, Record, Source, Text


class Adoption(Document):
    """The share of firms that do it, in percent of the survey named by ``text`` and the source."""

    text: Text = Field(description="何をした割合か")
    percent: float = Field(description="割合（%）")
    source: Source = Field(description="調査の出典")


class Measure(Record):
    """One thing a company can do. ``plain``, the steps and ``stage`` are our editorial judgement."""

    kind = "measure"

    plain: Text = Field(description="何を、なぜ。1〜2文、です・ます、80字まで")
    first_step: Text = Field(description="10人の会社の最初の一歩。です・ます、2文まで、90字まで")
    short_step: Text = Field(description="一覧に出す一言。体言止めか終止形、26字まで")
    first_effort: Text | None = Field(
        default=None,
        description="最初の一歩の手間と費用（編集の判断、10人の会社で）。「半日ほど。費用なし」の形、32字まで",
    )
    stage: Literal["今すぐ", "次に", "余裕があれば"] = Field(description="取りかかる順（編集の判断）")
    protects_against: list[Text] = Field(description="防げる被害")
    effort: Text | None = Field(description="手間の目安")
    costs: list[Cost] = Field(description="公表された値段。推測は書かない")
    free_help: list[Source] = Field(description="無料で使える公的な手引き・窓口")
    ipa_basic_no: int | None = Field(description="IPAの6か条の番号")
    self_check_nos: list[int] = Field(description="自社診断25問の番号（第3.1版）")
    scs_star3_nos: list[Text] = Field(description="SCS ★3の要求番号")
    priority_up_if: list[Text] = Field(description="こういう会社では早めに、という条件")
    adoption: Adoption | None = Field(description="実施している会社の割合。見つからなければ null")
    facts: list[Fact] = Field(description="詳しく聞かれたときに話す事実")
    caution: Text | None = Field(description="気をつけること。1〜2文")
