"""Words an owner meets."""

from pydantic import Field

from knowledge.documents.base import Record, RecordId, Text


class Term(Record):
    """A word and what it means, as one would tell it across a shop counter."""

    kind = "term"

    reading: Text | None = Field(description="読み（ひらがな）。題が英字・漢字なら書く")
    plain: Text = Field(description="意味。です・ます、1〜2文、100字まで。別の専門語を使わない")
    example: Text | None = Field(description="身近なたとえ、または会社での例。です・ます、1文、60字まで")
    measures: list[RecordId] = Field(description="関わる対策の id。なければ空")
