"""What to do first when something has happened, and whom to call."""

from pydantic import Field, HttpUrl, PositiveInt

from knowledge.documents.base import Document, Record, RecordId, Slug, Text


class Notice(Document):
    """Whom to tell, within what time, and which rule says so."""

    who: Text = Field(description="知らせる相手")
    within: Text = Field(description="いつまでに")
    why: Text | None = Field(description="決まり・条件")


class Playbook(Record):
    """First response to one kind of incident, in an order that must be kept."""

    kind = "playbook"

    incident_kinds: list[Slug] = Field(
        description="どの種類の事故に使うか（vocabulary/incident_kind.yml の名前）"
    )
    now: list[Text] = Field(
        min_length=2, max_length=3, description="最初にする2〜3つ。命令でなく短い文、45字まで"
    )
    now_covers: list[PositiveInt] = Field(
        default=[], description="now でもう言ってある steps の番目（1から）。あとで繰り返さない"
    )
    instead: Text | None = Field(
        default=None, description="now ができない時の代わり。60字まで。無ければ null"
    )
    steps: list[Text] = Field(description="手順の全部。順番を変えない。1つ60字まで")
    do_not: list[Text] = Field(description="してはいけないこと")
    evidence: list[Text] = Field(description="残しておく証拠")
    notify: list[Notice] = Field(description="知らせる相手と期限")
    call_first: list[RecordId] = Field(description="電話する順の contact。電話で受ける所が先")


class Contact(Record):
    """A desk that helps. ``by_phone`` is false for mail-only desks, which are never the first call."""

    kind = "contact"

    use_for: list[Text] = Field(description="どんな用件で頼るか")
    plain: Text = Field(description="どんな時に頼れる所か。です・ます、1文、60字まで")
    phone: Text | None = Field(description="電話番号。確かめられなければ null")
    by_phone: bool = Field(description="電話で受けるか")
    email: Text | None = Field(description="メールアドレス")
    web: HttpUrl | None = Field(description="公式ページの番地")
    hours: Text | None = Field(description="受付時間")
    how: Text | None = Field(description="連絡のしかた")
    cost: Text | None = Field(description="費用")
    note: Text | None = Field(description="気をつけること")
