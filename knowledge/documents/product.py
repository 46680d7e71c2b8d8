"""Kinds of products and services, and how to choose one; no vendor is named."""

from pydantic import Field

from knowledge.documents.base import Record, RecordId, Source, Text


class Product(Record):
    """One kind of product or service. What fits whom is our editorial judgement."""

    kind = "product"

    plain: Text = Field(description="何をしてくれるものか。です・ます、2文まで、80字まで")
    fits: list[Text] = Field(min_length=1, description="向いている会社。25字まで")
    too_much_for: list[Text] = Field(min_length=1, description="やりすぎ・後回しでよい会社。25字まで")
    criteria: list[Text] = Field(min_length=2, description="選ぶときに見るところ。30字まで")
    ask_seller: list[Text] = Field(min_length=2, description="売り手への質問。問いの形、35字まで")
    first: Text = Field(description="買う前にすること・お金をかけない代わり。です・ます、1文、60字まで")
    measures: list[RecordId] = Field(min_length=1, description="これが助ける対策の id")
    official_list: Source | None = Field(
        description="公的な一覧（お助け隊サービスリストなど）。なければ null"
    )
    caution: Text | None = Field(description="気をつけること")
