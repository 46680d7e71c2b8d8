"""What surveys found, and which way things go."""

from pydantic import Field

from knowledge.documents.base import Record, RecordId, Text


class Statistic(Record):
    """One surveyed figure. A figure states its population, sample size, year and unit."""

    kind = "statistic"

    subject: Text = Field(description="何の話か。同じ話の数字は同じ言い方にそろえる")
    item: Text = Field(description="項目（資料の言い方）")
    value: float | str | None = Field(description="数字。資料が言葉で言うなら言葉。見つからなければ null")
    unit: Text | None = Field(description="%、件、万円、社、要約 など")
    plain: Text = Field(description="「ウイルス対策ソフトを入れている会社」のような、数値の前に置ける言い方")
    population: Text = Field(description="だれに聞いたか")
    sample_size: int | None = Field(description="何人・何社に聞いたか。分からなければ null")
    survey: Text = Field(description="調査の短い呼び名。全国中小企業共済財団の調査 など")
    survey_year: Text | None = Field(description="調べた年・年度。分からなければ null")
    section: Text | None = Field(description="資料のどこか")
    note: Text | None = Field(description="読むときの注意。そのまま話せる文にする")


class Trend(Record):
    """How a threat or a duty has been developing, as one publisher tells it; never pieced from two."""

    kind = "trend"

    subject: Text = Field(description="何の動きか")
    period: Text = Field(description="いつの話か")
    plain: Text = Field(description="ひとことで。です・ます、2文まで、100字まで。数字は facts にあるものだけ")
    facts: list[Text] = Field(min_length=1, description="確かめた事実を1文ずつ。1つ60字まで")
    measures: list[RecordId] = Field(default=[], description="備えになる対策の id")
    note: Text | None = Field(default=None, description="読むときの注意")
