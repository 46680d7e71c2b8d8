"""The desk's script is what its source makes, and the desk's pages let nothing else run."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable

import pytest

from api.desk.assets import HERE
from api.desk.who import Member
from tests.api.desk.entering import Seat

SOURCE = HERE / "browser"
MOST = 64 * 1024


def test_it_is_what_its_source_makes() -> None:
    digest = hashlib.sha256()
    for file in sorted((SOURCE / "src").iterdir()):
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    assert digest.hexdigest() in (HERE / "desk.js").read_text(encoding="utf-8").splitlines()[0]


def test_building_it_again_changes_nothing() -> None:
    npm = shutil.which("npm")
    if npm is None and not os.environ.get("CI"):
        pytest.skip("npm is not installed")
    assert npm
    if not (SOURCE / "node_modules").exists():
        subprocess.run([npm, "ci", "--silent"], cwd=SOURCE, check=True)
    done = subprocess.run([npm, "run", "check"], cwd=SOURCE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_packages_name_no_registry() -> None:
    lock = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())


def test_it_is_small() -> None:
    assert (HERE / "desk.js").stat().st_size <= MOST


def test_no_page_brings_its_own_script_or_style() -> None:
    """Under the policy of these pages it would not run; so it is not there."""
    for template in (HERE / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        for sign in (" style=", "<style", " onclick", "hx-on", "javascript:", "js:", "| safe"):
            assert sign not in text, (template.name, sign)
        assert text.count("<script") == text.count('<script src="/desk/assets/'), template.name


async def test_every_page_is_sent_with_a_strict_policy(
    seat: Callable[[Member | None], Seat], manager: Member
) -> None:
    for path in ("/desk/staff", "/desk/nowhere"):
        headers = (await seat(manager).get(path)).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy == {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self'",
            "connect-src": "'self'",
            "font-src": "'none'",
            "form-action": "'self'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        }
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        # "no-referrer" would make browsers send the Origin "null" with every form
        assert headers["referrer-policy"] == "same-origin"


async def test_the_rest_of_the_gateway_keeps_its_own_policy(seat: Callable[[Member | None], Seat]) -> None:
    headers = (await seat(None).get("/healthz")).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"


async def test_whoever_has_an_asset_already_is_told_so(seat: Callable[[Member | None], Seat]) -> None:
    fetched = await seat(None).get("/desk/assets/desk.css")
    assert (fetched.status_code, fetched.headers["cache-control"]) == (200, "no-cache")
    again = await seat(None).get("/desk/assets/desk.css", headers={"If-None-Match": fetched.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["staff.py", "..%2Fstaff.py", "common_passwords.txt", "tables.py"])
async def test_nothing_but_assets_is_sent(name: str, seat: Callable[[Member | None], Seat]) -> None:
    assert (await seat(None).get(f"/desk/assets/{name}")).status_code == 404
