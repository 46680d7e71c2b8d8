"""The shapes of what is known: one pydantic document per kind of record, each key with a hint for writers."""

from knowledge.documents.base import Cost as Cost
from knowledge.documents.base import Document as Document
from knowledge.documents.base import Fact as Fact
from knowledge.documents.base import Record, RecordId
from knowledge.documents.base import Review as Review
from knowledge.documents.base import Slug as Slug
from knowledge.documents.base import Source as Source
from knowledge.documents.base import Text as Text
from knowledge.documents.case import Incident, Interview
from knowledge.documents.level import Level, Question
from knowledge.documents.measure import Measure
from knowledge.documents.procedure import Procedure
from knowledge.documents.product import Product
from knowledge.documents.response import Contact, Playbook
from knowledge.documents.standard import Guideline, Scheme
from knowledge.documents.subsidy import Subsidy, SyncedSubsidy
from knowledge.documents.subsidy import Window as Window
from knowledge.documents.survey import Statistic, Trend
from knowledge.documents.template import Template
from knowledge.documents.template import TemplateArticle as TemplateArticle
from knowledge.documents.template import TemplateContact as TemplateContact
from knowledge.documents.term import Term

KINDS: dict[str, type[Record]] = {
    document.kind: document
    for document in (
        Measure,
        Level,
        Question,
        Guideline,
        Scheme,
        Incident,
        Interview,
        Playbook,
        Contact,
        Subsidy,
        Procedure,
        Statistic,
        Trend,
        Term,
        Template,
        Product,
    )
}

__all__ = [
    "KINDS",
    "Contact",
    "Guideline",
    "Incident",
    "Interview",
    "Level",
    "Measure",
    "Playbook",
    "Procedure",
    "Product",
    "Question",
    "Record",
    "RecordId",
    "Scheme",
    "Statistic",
    "Subsidy",
    "SyncedSubsidy",
    "Template",
    "Term",
    "Trend",
]
