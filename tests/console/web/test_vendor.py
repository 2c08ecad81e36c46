"""Files of others are what their packages ship, and nothing else is there."""

from __future__ import annotations

import base64
import hashlib
import re

from bot.console.web.pages import STATIC

VENDOR = STATIC / "vendor"
ROW = re.compile(r"^\| (\S+) \| .+ \| .+ \| (\S+) \|$", re.MULTILINE)


def test_vendored_code_is_unchanged() -> None:
    told = dict(ROW.findall((VENDOR / "README.md").read_text()))
    told.pop("file", None)
    there = {
        str(path.relative_to(VENDOR)): base64.b64encode(
            hashlib.sha384(path.read_bytes()).digest()
        ).decode()
        for path in VENDOR.rglob("*")
        if path.suffix in (".js", ".css")
    }
    assert there == told
