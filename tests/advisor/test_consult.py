"""どこに相談するか."""

from advisor import consult
from advisor.exchange import Phrase
from knowledge.documents import Contact
from knowledge.library import Library
from tests.knowing import asked


def test_whoever_wants_to_call_gets_numbers_first(library: Library) -> None:
    """電話で相談したい人には、電話のできる窓口を先に出す"""
    answer = consult.suggest(asked("ask_consult", "電話で相談できるところありますか"), library)
    first, second, *_ = (library.get_as(Contact, ref.id) for ref in answer.refs)
    assert (first.phone, second.phone) == ("#9110", "03-5978-7509")


def test_whoever_would_not_call_is_not_sent_to_the_phone(library: Library) -> None:
    """電話が苦手な人には、メールの窓口が先のままになる"""
    answer = consult.suggest(asked("ask_consult", "電話は苦手です。相談先は"), library)
    assert library.get_as(Contact, answer.refs[0].id).email


def test_what_asking_costs_is_told_desk_by_desk(library: Library) -> None:
    """「お金かかりますか」には、窓口ごとに費用を答える"""
    first = consult.suggest(asked("ask_consult", "どこに相談すればいい"), library)
    then = consult.costs(asked("ask_details", "お金かかりますか", state=first.state), library)
    assert [ref.id for ref in then.refs] == [ref.id for ref in first.refs]
    lines = then.values["contacts"]
    assert isinstance(lines, list)
    assert all(isinstance(line, Phrase) and line.values["cost"] for line in lines)
    assert "無料" in str(lines[0])
