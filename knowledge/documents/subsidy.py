"""What pays, lends or helps, and when."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, StringConstraints

from knowledge.documents.base import Document, Hour, Record, RecordId, Slug, Text

Share = Annotated[str, StringConstraints(pattern=r"^\d{1,3}/\d{1,3}$")]


class Region(Document):
    """Where a scheme is for; ``prefectures`` are those of a region such as 九州."""

    level: Literal["national", "region", "prefecture", "municipality"] = Field(description="範囲の広さ")
    prefecture: Text | None = Field(description="都道府県の正式な名前")
    municipality: Text | None = Field(description="市区町村の正式な名前")
    prefectures: list[Text] = Field(default=[], description="level が region のとき、含まれる都道府県")

    def covers(self, prefecture: str | None, municipality: str | None) -> bool:
        """Whether a company there is within it; a place unknown is only within the nation."""
        if self.level == "national":
            return True
        if self.level == "region":
            return prefecture in self.prefectures
        if self.level == "prefecture":
            return prefecture == self.prefecture
        # a ward such as 京都市中京区 lies within its city
        ward_or_city = municipality is not None and municipality.startswith(self.municipality or "")
        return prefecture == self.prefecture and ward_or_city


class Gate(Document):
    """Something that must be done by a day before the deadline, or the application fails."""

    what: Text = Field(description="何を済ませるか。「様式4の発行受付」など、20字まで")
    on: date = Field(description="その最終日（日本の日付）")


class Window(Document):
    """One application round, JST dates; ``end`` is the last day, ``time`` the hour on it."""

    round: Text = Field(description="何次・第何回")
    start: date | None = Field(description="受付の初日。分からなければ null")
    end: date | None = Field(description="受付の最終日。分からなければ null")
    time: Hour | None = Field(description="最終日の何時まで。'17:00'")
    gates: list[Gate] = Field(default=[], description="締切より前に来る関門")
    note: Text | None = Field(description="資料の食い違いなど")


class Rate(Document):
    """The share of an outlay that is paid. Several with rising ``over_yen`` are brackets."""

    who: Literal["all", "small"] = Field(description="small：小規模事業者だけの割合。all：そのほか全員")
    share: Share = Field(description="割合を分数で。'1/2'、'10/10'")
    over_yen: int = Field(default=0, ge=0, description="補助額がこの額を超えた部分の割合なら、その額（円）")


class Subsidy(Record):
    """A scheme that pays, lends or helps. Whether it is open is computed from ``windows``, never stored."""

    kind = "subsidy"

    scheme: Text = Field(description="subsidy、tax、loan、consult など、制度の種類")
    tier: Literal["A", "B", "C"] = Field(
        description="A：対策そのものに使える。B：場合により使える。C：要確認の候補"
    )
    operator: Text = Field(description="実施する所")
    region: Region = Field(description="どこの会社が使えるか")
    target: Text | None = Field(description="対象者（資料の言い方）")
    target_industry: Text | None = Field(description="対象業種（資料の言い方）")
    industries: list[Text] = Field(description="対象業種（調査の19業種の名前）。全業種なら空")
    target_size: Text | None = Field(description="対象の規模（資料の言い方）")
    max_employees: int | None = Field(description="従業員数の上限。なければ null")
    small_only: bool = Field(default=False, description="小規模事業者だけの制度か")
    plain: Text = Field(description="何にいくら出る制度か。です・ます、2文まで、90字まで")
    eligible_expenses: list[Text] = Field(description="対象になる費用（資料の言い方）")
    purposes: list[Slug] = Field(
        default=[], description="何のために使えるか（vocabulary/purpose.yml の名前）"
    )
    security_relevance: Literal["explicit", "indirect", "unclear"] = Field(
        description="explicit：対策が対象と明記。indirect：付随して使える。unclear：未確認"
    )
    rate: Text | None = Field(description="補助率（資料の言い方）")
    rates: list[Rate] = Field(
        default=[],
        description="計算できる補助率。条件つきで上がる率は書かない（低いほうを約束する）。計算できなければ空",
    )
    cap_yen: int | None = Field(description="上限額（円）。分からなければ null")
    cap_note: Text | None = Field(description="上限額の条件")
    floor_yen: int | None = Field(description="下限額（円）")
    round_down_yen: int | None = Field(
        default=None, description="この額未満は切り捨て（円）。資料になければ null"
    )
    prerequisites: list[Text] = Field(description="先に要るもの（資料の言い方）")
    needs: list[RecordId] = Field(
        default=[], description="先に要るもののうち、記録があるもの。procedure/gbizid、scheme/otasuketai など"
    )
    windows: list[Window] = Field(description="受付の回。古い順")
    year_round: bool = Field(description="締切がなく、いつでも使える制度か")
    method: Text | None = Field(description="申し込みの方法")
    documents: list[Text] = Field(description="要る書類")
    lead_time: Text | None = Field(description="かかる日数")
    official_url: HttpUrl | None = Field(description="公式ページの番地")
    official_url_verified: bool = Field(description="公式ページと確かめたか。false なら公式として見せない")
    caution: Text | None = Field(description="気をつけること")


class SyncedSubsidy(Subsidy):
    """A scheme copied from the public API of Jグランツ: nobody of ours has reviewed it.

    Kept apart from the reviewed records; its sentences are ours, made from the facts by a template.
    """

    fetched_at: datetime = Field(description="Jグランツから写した時刻")
