"""The policy of what a page may load."""

from __future__ import annotations

from bot.console.web.headers import headers


def test_the_map_may_load_its_pictures_from_where_the_operator_says_and_nothing_else() -> None:
    policy = headers("https://{s}.tiles.example.org/{z}/{x}/{y}.png")["content-security-policy"]
    assert "img-src 'self' data: https://*.tiles.example.org;" in policy
    assert policy.count("example.org") == 1


def test_without_tiles_nothing_comes_from_elsewhere() -> None:
    assert "http" not in headers()["content-security-policy"]


def test_only_under_https_a_browser_is_told_to_stay_there() -> None:
    assert "strict-transport-security" not in headers()
    assert "strict-transport-security" in headers(https=True)
