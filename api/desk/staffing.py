"""The page 担当者: managers see to the staff of their association, operators to everybody's."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.associations import Associations
from api.desk.pages import address_of, go, page
from api.desk.staff import StaffAccounts
from api.desk.who import OPERATOR, ROLES, Database, Managing, Member
from api.errors import AccountKept, AssociationUnknown, EmailTaken, EmailUnusable, NameUnusable
from api.problems import in_words
from api.settings import GatewaySettings

STATES = {"invited": "登録待ち", "lapsed": "登録の期限切れ", "in_use": "利用中", "disabled": "停止中"}
DEEDS = {
    "disable": "止めました。その人のログインは、すべて終わりました。",
    "enable": "また使えるようにしました。",
    "unlock": "待ち時間をなくしました。",
    "role": "役割を変えました。",
}
REFUSALS = (EmailTaken, AssociationUnknown, AccountKept, NameUnusable, EmailUnusable)

router = APIRouter()
Text = Annotated[str, Form(max_length=400)]


@router.get("/desk/staff")
def staff(request: Request, database: Database, member: Managing, done: str = "") -> Response:
    return _list(request, database, member, told=DEEDS.get(done, ""))


@router.post("/desk/staff")
def add(  # noqa: PLR0913 - what the form holds
    request: Request,
    database: Database,
    member: Managing,
    *,
    name: Text = "",
    email: Text = "",
    role: Text = "",
    association: Text = "",
) -> Response:
    """An operator says for which association; a manager's is their own."""
    filled = {"name": name, "email": email, "role": role, "association": association}
    belongs = association if member.role == OPERATOR else member.association
    try:
        code = _accounts(request, database).add(
            member, email=email, name=name, role=role, association=belongs
        )
    except REFUSALS as refused:
        return _list(request, database, member, status=422, error=in_words(refused), **filled)
    return _enrolment(request, name.strip(), code)


@router.post("/desk/staff/{staff_id}/reset")
def reset(request: Request, database: Database, member: Managing, staff_id: str) -> Response:
    accounts = StaffAccounts(database)
    return _enrolment(request, accounts.find(member, staff_id).name, accounts.reset(member, staff_id))


@router.post("/desk/staff/{staff_id}/disable")
def disable(database: Database, member: Managing, staff_id: str) -> Response:
    StaffAccounts(database).disable(member, staff_id)
    return go("/desk/staff?done=disable")


@router.post("/desk/staff/{staff_id}/enable")
def enable(database: Database, member: Managing, staff_id: str) -> Response:
    StaffAccounts(database).enable(member, staff_id)
    return go("/desk/staff?done=enable")


@router.post("/desk/staff/{staff_id}/unlock")
def unlock(database: Database, member: Managing, staff_id: str) -> Response:
    StaffAccounts(database).unlock(member, staff_id)
    return go("/desk/staff?done=unlock")


@router.post("/desk/staff/{staff_id}/role")
def give_role(database: Database, member: Managing, staff_id: str, role: Text = "") -> Response:
    StaffAccounts(database).give_role(member, staff_id, role)
    return go("/desk/staff?done=role")


def _list(
    request: Request, database: Database, member: Member, *, status: int = 200, **shown: Any
) -> Response:
    settings: GatewaySettings = request.app.state.settings
    named = {settings.default_association: "（はじめからの団体）"}
    named |= {one.slug: one.name for one in Associations(database).all()}
    empty: dict[str, Any] = {
        "error": "",
        "told": "",
        "name": "",
        "email": "",
        "role": "staff",
        "association": "",
    }
    return page(
        request,
        "staff.html",
        status=status,
        accounts=StaffAccounts(database).all(member),
        states=STATES,
        roles=[role for role in ROLES if member.is_at_least(role)],
        given_roles=[role for role in ROLES if role != OPERATOR],
        named=named,
        is_operator=member.is_at_least(OPERATOR),
        **empty | shown,
    )


def _accounts(request: Request, database: Database) -> StaffAccounts:
    settings: GatewaySettings = request.app.state.settings
    return StaffAccounts(database, settings.default_association)


def _enrolment(request: Request, name: str, code: str) -> Response:
    link = address_of(request, f"/desk/enrol#{code}")
    return page(request, "staff_code.html", name=name, code=code, link=link)
