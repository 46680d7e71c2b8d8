"""Guidelines, and schemes that show others how secure a company is."""

from typing import Literal

from pydantic import Field, HttpUrl

from knowledge.documents.base import Document, Fact, LooseDate, Record, RecordId, Text


class Guideline(Record):
    """A document that tells firms of a trade, or all firms, what to do."""

    kind = "guideline"

    industry: Text = Field(description="だれ向けか（資料の言い方）")
    industries: list[Text] = Field(default=[], description="調査の19業種の名前。全業種なら空")
    publisher: Text = Field(description="出した所")
    version: Text | None = Field(description="版。確かめられなければ null")
    version_date: LooseDate | None = Field(description="版の日付。確かめられなければ null")
    plain: Text = Field(description="何を求める手引きか。です・ます、2文まで、90字まで")
    asks: Text = Field(description="求めること（資料の要約）")
    matters_when: Text = Field(description="どんなときに読むか。「〜とき」で終わる、30字まで")
    url: HttpUrl | None = Field(description="公式ページの番地")
    measures: list[RecordId] = Field(description="先にやる対策の id")
    facts: list[Fact] = Field(default=[], description="詳しく聞かれたときに話す事実")
    note: Text | None = Field(description="気をつけること。そのまま話せる文にする")


class Mark(Document):
    """One of the answers to a question of the self-check."""

    label: Text = Field(description="選ぶ答え")
    points: int = Field(description="点数")


class Band(Document):
    """What a total of points means."""

    min_points: int = Field(description="この点から")
    max_points: int = Field(description="この点まで")
    plain: Text = Field(description="その点数の意味。です・ます、60字まで")


class Scheme(Record):
    """A declaration, evaluation, certification or list by which others can tell."""

    kind = "scheme"

    form: Literal["declaration", "evaluation", "certification", "list", "self-check"] = Field(
        description="declaration：自己宣言。evaluation：評価。certification：認証。list：登録の一覧。self-check：自己診断"
    )
    operator: Text = Field(description="運営する所")
    plain: Text = Field(description="何の制度か。です・ます、2文まで、90字まで")
    standing: Text = Field(description="いま申し込めるか。です・ます、1文、60字まで")
    is_open: bool | None = Field(description="いま申し込めるか。分からなければ null")
    steps: list[Text] = Field(description="取る・使うまでの手順。1つ40字まで")
    cost: Text | None = Field(description="費用。公的な料金が見つからなければ null")
    takes: Text | None = Field(description="かかる日数")
    facts: list[Fact] = Field(description="詳しく聞かれたときに話す事実")
    requirements: list[Text] = Field(default=[], description="求められること。★3の26要求など")
    marks: list[Mark] = Field(default=[], description="自社診断の答えと点数")
    bands: list[Band] = Field(default=[], description="自社診断の合計点の見方")
    measures: list[RecordId] = Field(description="先にやる対策の id")
    official_url: HttpUrl | None = Field(description="公式ページの番地。確かめていなければ null")
    caution: Text | None = Field(description="気をつけること。自己宣言を「認定」と書かない、など")
