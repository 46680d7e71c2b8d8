"""In-house rules: which there should be, and what each has to settle; the drafts come later."""

from pydantic import Field

from knowledge.documents.base import Record, RecordId, Text


class Template(Record):
    """One in-house rule. What it has to settle is our summary of the guidance it stands on."""

    kind = "template"

    order: int = Field(ge=1, description="何番目に作るとよいか（編集の判断）。1がいちばん先。重ねてよい")
    plain: Text = Field(description="何のための決まりか。です・ます、1〜2文、80字まで")
    needed_if: Text = Field(description="どんな会社に要るか。「どの会社も」か「〜会社」、30字まで")
    decide: list[Text] = Field(min_length=3, max_length=8, description="書いておくこと。1つ30字まで")
    measures: list[RecordId] = Field(min_length=1, description="この決まりが支える対策の id")
    official_sample: Text | None = Field(description="公的なひな形の名前。なければ null")
