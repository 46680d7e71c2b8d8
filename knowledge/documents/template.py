"""In-house rules: which there should be, what each has to settle, and a draft of each in our own words."""

from typing import Literal

from pydantic import Field

from knowledge.documents.base import Document, Record, RecordId, Text

EVERYBODY = "どの会社も"


class TemplateArticle(Document):
    """One article of the draft. What the company has to decide is left open as ``＿＿＿＿``."""

    heading: Text = Field(description="何の条か。15字まで")
    lines: list[Text] = Field(
        min_length=1,
        max_length=4,
        description="社員が読む決まり。です・ますの1〜2文、80字まで。会社が決めることは ＿＿＿＿ で空ける",
    )
    needs: Literal["byod", "without_byod", "telework", "personal_data"] | None = Field(
        default=None,
        description="要る会社。当てはまらないと分かっている会社の案には入れない。どの会社にも要れば null",
    )
    questions: list[RecordId] = Field(default=[], description="この条で決まる自社診断の問いの id")


class TemplateContact(Document):
    """One line of the list of whom to tell; ``contact`` is the record that holds the number."""

    who: Text = Field(description="だれに。18字まで")
    about: Text = Field(description="どんなときに。20字まで")
    contact: RecordId | None = Field(default=None, description="電話番号などを持つ相談先の id")


class Template(Record):
    """One in-house rule. What it has to settle is our summary of the guidance it stands on."""

    kind = "template"

    order: int = Field(ge=1, description="何番目に作るとよいか（編集の判断）。1がいちばん先。重ねてよい")
    plain: Text = Field(description="何のための決まりか。です・ます、1〜2文、80字まで")
    needed_if: Text = Field(description="どんな会社に要るか。「どの会社も」か「〜会社」、30字まで")
    decide: list[Text] = Field(min_length=3, max_length=8, description="書いておくこと。1つ30字まで")
    articles: list[TemplateArticle] = Field(
        min_length=1, description="案の条文。資料を写さず、自分たちの言葉で書く"
    )
    contacts: list[TemplateContact] = Field(default=[], description="案に付ける連絡表の行。なければ書かない")
    measures: list[RecordId] = Field(min_length=1, description="この決まりが支える対策の id")
    official_sample: Text | None = Field(description="公的なひな形の名前。なければ null")

    @property
    def questions(self) -> list[str]:
        """The questions of the self-check that the articles settle."""
        return [question for article in self.articles for question in article.questions]

    @property
    def desks(self) -> list[str]:
        """The desks on the list of whom to tell."""
        return [line.contact for line in self.contacts if line.contact]

    @property
    def is_for_everybody(self) -> bool:
        return self.needed_if == EVERYBODY
