"""``/widget.js``: small, in step with its source, asked about again each time."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess

import httpx2
import pytest

from api.channels.web.door import WIDGET

SOURCE = WIDGET.parent / "widget"
AIM = 10 * 1024
MOST = 16 * 1024


def packed() -> int:
    return len(gzip.compress(WIDGET.read_bytes(), 9))


def test_it_is_never_more_than_16_kilobytes_packed() -> None:
    assert packed() <= MOST


def test_it_is_what_its_source_makes() -> None:
    digest = hashlib.sha256()
    for file in sorted((SOURCE / "src").iterdir()):
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    assert digest.hexdigest() in WIDGET.read_text(encoding="utf-8").splitlines()[0]


def test_its_types_are_right_and_building_it_again_changes_nothing() -> None:
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


async def test_whoever_has_it_already_is_told_so(client: httpx2.AsyncClient) -> None:
    fetched = await client.get("/widget.js")
    assert fetched.status_code == 200
    assert fetched.headers["content-type"].startswith("text/javascript")
    assert fetched.headers["cache-control"] == "no-cache"
    assert fetched.headers["cross-origin-resource-policy"] == "cross-origin"
    for known in (fetched.headers["etag"], f'"other", W/{fetched.headers["etag"]}'):
        again = await client.get("/widget.js", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == fetched.headers["etag"]
    assert (await client.get("/widget.js", headers={"If-None-Match": '"other"'})).status_code == 200


async def test_it_is_sent_packed_to_who_can_unpack(client: httpx2.AsyncClient) -> None:
    whole = await client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    small = await client.get("/widget.js", headers={"Accept-Encoding": "gzip, br"})
    assert "content-encoding" not in whole.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) <= MOST
    assert small.content == whole.content == WIDGET.read_bytes()
    assert whole.headers["etag"] != small.headers["etag"]
    assert "Accept-Encoding" in whole.headers["vary"]


async def test_the_page_may_do_no_more_than_it_needs(client: httpx2.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    assert "'unsafe" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for file in ("page.css", "icon.svg"):
        assert (await client.get(f"/page/{file}")).status_code == 200
