"""The description of the routes, by which they are fuzzed, has the form of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.console.web.forms import FIELD
from bot.console.web.pages import HERE

if TYPE_CHECKING:
    from tests.console.house import House


def forms(house: House) -> dict[str, set[str]]:
    """The fields of the form of each POST route, by its path."""
    found: dict[str, set[str]] = {}
    for path, operations in house.app.openapi()["paths"].items():
        if "post" in operations:
            assert "requestBody" in operations["post"], f"{path} says nothing of its form"
            content: dict[str, Any] = operations["post"]["requestBody"]["content"]
            [described] = content.values()
            found[path] = set(described["schema"]["properties"])
    return found


async def test_every_route_that_changes_something_describes_its_form(house: House) -> None:
    assert len(forms(house)) > 20


async def test_every_field_of_a_form_on_a_page_is_described(house: House) -> None:
    """Rule: a field that no route describes is sent by people, and by no fuzz."""
    described = set().union(*forms(house).values())
    for template in sorted((HERE / "templates").rglob("*.html")):
        text = template.read_text("utf-8")
        posts = re.findall(r'<form method="post".*?</form>', text, re.DOTALL)
        names = {name for each in posts for name in re.findall(r'\bname="([a-z_-]+)"', each)}
        assert (template.name, names - described - {FIELD}) == (template.name, set())
