"""小規模事業者 or not: five people in trade and services, twenty in manufacturing and the rest.

Source: the guide of 小規模事業者持続化補助金, which leaves 宿泊業 and 娯楽業 to be asked about; trades that
hold both kinds of firm are left open likewise. An uncertain company is promised the lower rate.
"""

from enum import Enum

from advisor.state import Company

FEW, MANY = 5, 20
OF_TWENTY = {
    "建設業",
    "製造業",
    "電気・ガス・熱供給・水道業",
    "運輸業、郵便業",
    "金融業、保険業",
    "不動産業",
}
OF_FIVE = {
    "卸売業",
    "小売業",
    "飲食業",
    "物品賃貸業",
    "学術研究、専門・技術サービス業",
    "教育、学習支援業",
    "医療、福祉",
    "複合サービス",
    "サービス業",
}


class Small(Enum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


def small(company: Company) -> Small:
    """Whether the company counts as 小規模事業者, as far as trade and headcount tell."""
    if company.employees is None:
        return Small.UNSURE
    if company.employees <= FEW or (company.industry in OF_TWENTY and company.employees <= MANY):
        return Small.YES
    if company.employees > MANY or company.industry in OF_FIVE or company.industry in OF_TWENTY:
        return Small.NO
    return Small.UNSURE
