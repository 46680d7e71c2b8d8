"""Which kind of product or service fits, for whom it is too much, and what to ask the seller."""

import re

from advisor import measure
from advisor.asked import asked, fresh, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.reading import label
from knowledge.documents import Measure, Product
from knowledge.library import Library

TOPIC = "product_choice"
APART = re.compile(r"どっち|どちら|比べ|比較|違い|ちがい|とか|それとも|or|vs")
# What most owners mean when they ask for "something good" and name nothing.
USUAL = ("product/otasuketai-service", "product/antivirus", "product/cloud-backup")


def help_choose(question: Question, library: Library) -> Answer:
    """The kind of product named, or the one for the measure named; otherwise three to pick from."""
    both = named(question, library, Product)[:2]
    if len(both) > 1 and APART.search(question.text):
        return _tell_apart(question, both)
    product = _asked(question, library)
    if product:
        return _tell(question, library, product)
    if named(question, library, Measure):
        return measure.explain(question, library, topic=TOPIC)
    return _which(question, [library.get_as(Product, ref) for ref in USUAL])


def details(question: Question, library: Library) -> Answer:
    """What to look at, and what to ask the seller."""
    for product in told_last(question, library, Product)[:1]:
        if measure.ASKS_COST.search(question.text):
            return measure.cost(question, library.get_as(Measure, product.measures[0]), topic=TOPIC)
        values: dict[str, Value] = {
            "title": product.title,
            "criteria": [Phrase("bullet", {"text": text}) for text in product.criteria[:3]],
            "ask_seller": [Phrase("bullet", {"text": text}) for text in product.ask_seller[:3]],
            "measure": product.measures[0].split("/")[1],
        }
        return answer(question, TOPIC, "product_criteria", refs=[product], values=values)
    return _which(question, [library.get_as(Product, ref) for ref in USUAL])


def others(question: Question, library: Library) -> Answer:
    """A kind not told yet: a related one, otherwise the next of all."""
    for product in told_last(question, library, Product):
        other = fresh(question, library, Product, product.related)
        if other:
            return _tell(question, library, other)
    told = set(question.state.told)
    left = [product for product in library.every(Product) if product.id not in told]
    return _which(question, (left or library.every(Product))[:3])


def _asked(question: Question, library: Library) -> Product | None:
    products = asked(question, library, Product)
    measures = [] if products else named(question, library, Measure)
    helping = [p for one in measures for p in library.every(Product) if p.measures[0] == one.id]
    return next(iter([*products, *helping]), None)


def _tell(question: Question, library: Library, product: Product) -> Answer:
    helped = library.get_as(Measure, product.measures[0])
    official = product.official_list
    values: dict[str, Value] = {
        "title": product.title,
        "plain": product.plain,
        "fits": "、".join(product.fits[:2]),
        "too_much": product.too_much_for[0],
        "first": product.first,
        "list": Phrase("product_list", {"title": official.title}) if official else "",
        "measure": helped.slug,
    }
    return answer(question, TOPIC, "product", refs=[product, helped], values=values)


def _tell_apart(question: Question, products: list[Product]) -> Answer:
    lines = [
        Phrase("product_fits", {"title": p.title, "fits": "、".join(p.fits[:2]), "first": p.plain})
        for p in products
    ]
    return listing(
        answer(question, TOPIC, "product_apart", refs=[*products], values={"lines": lines}), products
    )


def _which(question: Question, products: list[Product]) -> Answer:
    lines = [Phrase("product_line", {"title": p.title, "plain": p.plain}) for p in products]
    values: dict[str, Value] = {"lines": lines}
    for place, product in enumerate(products, start=1):
        values |= {f"label_{place}": label(product.title), f"product_{place}": product.slug}
    return listing(answer(question, TOPIC, "product_which", refs=[*products], values=values), products)
