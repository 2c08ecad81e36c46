"""Signing in: a link good once, a session that ends when it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.console.access.members import ASK_AGAIN_SECONDS, TRUSTED_SECONDS
from bot.console.access.sessions import Sessions
from bot.store.keys import CONSOLE_IDLE_TTL, LINK_TTL
from tests.console.house import ANNA, BEK, DINA, STRANGER, Hand, House

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers import StoreServer


async def test_a_link_signs_in_once_and_never_again(house: House) -> None:
    await house.parts.store.console.offer("secret", ANNA)
    async with house.browser() as first, house.browser() as second:
        looked = await first.get("/sign-in/secret")
        assert looked.status_code == 200  # looking does not use it up
        assert (await first.client.post("/sign-in/secret")).status_code == 303
        assert "Counsellor 1" in (await first.get("/")).text
        assert (await second.client.post("/sign-in/secret")).status_code == 410
        assert (await second.get("/")).headers["location"] == "/sign-in"


async def test_a_link_lives_five_minutes(house: House) -> None:
    await house.parts.store.console.offer("secret", ANNA)
    pattern = house.parts.store.keys.console_link("*")
    [key] = [key async for key in house.parts.store.redis.scan_iter(pattern)]
    assert 0 < await house.parts.store.redis.ttl(key) <= LINK_TTL == 300
    assert b"secret" not in key  # who reads Redis cannot sign in


async def test_the_cookie_is_closed_to_scripts_and_other_sites(house: House) -> None:
    await house.parts.store.console.offer("secret", ANNA)
    async with house.browser() as browser:
        cookie = (await browser.client.post("/sign-in/secret")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_a_stranger_with_a_link_stays_outside(house: House) -> None:
    async with house.browser(STRANGER) as browser:
        assert (await browser.get("/")).status_code == 303


async def test_whoever_leaves_the_group_is_out_within_a_minute(house: House) -> None:
    async with house.browser(ANNA) as browser:
        assert (await browser.get("/")).status_code == 200
        house.telegram.inside.discard(ANNA.id)
        house.hand.seconds += ASK_AGAIN_SECONDS
        assert (await browser.get("/")).status_code == 303
        house.telegram.inside.add(ANNA.id)  # also if they come back: they sign in again
        assert (await browser.get("/")).status_code == 303


async def test_while_telegram_is_away_members_work_on_for_a_quarter_of_an_hour(
    house: House,
) -> None:
    async with house.browser(ANNA) as browser:
        assert (await browser.get("/")).status_code == 200
        house.telegram.away = True
        house.hand.seconds += TRUSTED_SECONDS - 1
        assert (await browser.get("/")).status_code == 200
        house.hand.seconds += 1
        assert (await browser.get("/")).status_code == 303


async def test_nobody_new_comes_in_while_telegram_cannot_be_asked(house: House) -> None:
    house.telegram.away = True
    async with house.browser(ANNA) as browser:
        assert (await browser.get("/")).status_code == 303


async def test_an_idle_session_ends(house: House) -> None:
    async with house.browser(ANNA) as browser:
        await browser.get("/")
        pattern = house.parts.store.keys.console_session("*")
        [key] = [key async for key in house.parts.store.redis.scan_iter(pattern)]
        assert 0 < await house.parts.store.redis.ttl(key) <= CONSOLE_IDLE_TTL
        await house.parts.store.redis.delete(key)
        assert (await browser.get("/")).status_code == 303


async def test_signing_out_ends_the_session_not_only_the_cookie(house: House) -> None:
    async with house.browser(ANNA) as browser:
        cookie = browser.client.cookies["console"]
        assert (await browser.post("/sign-out")).status_code == 303
        browser.client.cookies.set("console", cookie, domain="127.0.0.1")
        assert (await browser.get("/")).status_code == 303


def resigned(cookie: str) -> str:
    """With another signature: of its last letter base64 reads only some bits."""
    return f"{cookie[:-2]}{'A' if cookie[-2] != 'A' else 'B'}{cookie[-1]}"


@pytest.mark.parametrize("change", [resigned, lambda c: "", lambda c: "a.b.c"])
async def test_a_forged_cookie_is_nobody(house: House, change: Callable[[str], str]) -> None:
    async with house.browser(ANNA) as browser:
        cookie = browser.client.cookies["console"]
        browser.client.cookies.clear()
        browser.client.cookies.set("console", change(cookie) or "0", domain="127.0.0.1")
        assert (await browser.get("/")).status_code == 303


async def test_roles_come_from_the_staff_file_and_from_coordinators(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(DINA) as dina:
        assert (await anna.get("/people")).status_code == 403
        assert (await dina.get("/people")).status_code == 200
        await house.parts.store.console.give_roles(ANNA.id, ["coordinator"])
        assert (await anna.get("/people")).status_code == 200


async def test_a_form_of_another_session_is_refused_with_the_draft_kept(house: House) -> None:
    async with house.browser(ANNA) as anna, house.browser(BEK) as bek:
        foreign = await anna.token()
        answer = await bek.client.post(
            "/sign-out", data={"csrf": foreign, "text": "<b>what I wrote</b>"}
        )
        assert answer.status_code == 403
        assert "&lt;b&gt;what I wrote&lt;/b&gt;" in answer.text
        assert await bek.token() in answer.text  # "Send again" would work
        assert (await bek.get("/")).status_code == 200


async def test_a_form_from_another_site_is_refused(house: House) -> None:
    async with house.browser(ANNA) as anna:
        answer = await anna.post("/sign-out", **{"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403


async def test_a_form_after_the_end_of_the_session_is_shown_again(house: House) -> None:
    async with house.browser(ANNA) as anna:
        token = await anna.token()
        anna.client.cookies.clear()
        answer = await anna.client.post("/sign-out", data={"csrf": token, "text": "my draft"})
        assert answer.status_code == 401
        assert "my draft" in answer.text


async def test_whom_a_link_leads_to_stays_on_this_site(house: House) -> None:
    async with house.browser() as browser:
        for address in (
            *("https://example.org/", "//example.org", "/\\example.org", "/\t/example.org"),
            *("//[", "x"),
        ):
            sent = {"language": "kk", "next": address}
            answer = await browser.client.post("/language", data=sent)
            assert answer.headers["location"] == "/"
        assert 'lang="kk"' in (await browser.get("/sign-in")).text


async def test_every_page_forbids_scripts_of_others_and_caches(house: House) -> None:
    async with house.browser() as browser:
        for path in ("/sign-in", "/nowhere", "/"):
            found = (await browser.get(path)).headers
            assert "script-src 'self';" in found["content-security-policy"]
            assert "unsafe" not in found["content-security-policy"]
            assert found["cache-control"] == "no-store"
            assert found["referrer-policy"] == "no-referrer"


async def test_sign_ins_are_counted(house: House) -> None:
    async with house.browser() as browser:
        codes = [(await browser.get(f"/sign-in/guess{n}")).status_code for n in range(21)]
        assert codes == [410] * 20 + [429]


async def test_who_guesses_keeps_nobody_with_a_link_out(house: House) -> None:
    """Rule: behind a proxy all come from one address, those who guess and the staff."""
    async with house.browser() as browser:
        for n in range(21):
            await browser.client.post(f"/sign-in/guess{n}")
        assert (await browser.client.post("/sign-in/guess")).status_code == 429
        await house.parts.store.console.offer("secret", ANNA)
        assert (await browser.get("/sign-in/secret")).status_code == 200
        assert (await browser.client.post("/sign-in/secret")).status_code == 303


async def test_another_site_cannot_choose_the_language(house: House) -> None:
    async with house.browser() as browser:
        foreign = {"sec-fetch-site": "cross-site"}
        await browser.client.post("/language", data={"language": "kk"}, headers=foreign)
        assert 'lang="en"' in (await browser.get("/sign-in")).text


async def test_the_language_is_changed_where_one_is(house: House) -> None:
    """Also filters stay; and what was made of a form leads to a page that there is."""
    async with house.browser(DINA) as dina:
        page = await dina.get("/answers?state=draft&language=kk")
        assert 'name="next" value="/answers?state=draft&amp;language=kk"' in page.text
        refused = await dina.post("/people/add", {"user": "x"})
        assert refused.status_code == 422
        assert 'name="next" value="/people"' in refused.text


async def test_while_redis_is_away_who_was_here_works_on(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(ANNA) as anna, brittle_house.browser(BEK) as bek:
        assert (await anna.get("/")).status_code == 200
        own_server.kill()
        assert (await anna.get("/")).status_code == 200
        assert "The store is away" in (await anna.get("/banners")).text
        assert (await bek.get("/")).status_code == 303  # was never seen: nobody knows them
        assert (await bek.get("/sign-in/secret")).status_code == 503
        own_server.start()
        assert (await bek.get("/")).status_code == 200


async def test_who_signs_out_while_redis_is_away_stays_out_when_it_is_back(
    brittle_house: House, own_server: StoreServer
) -> None:
    async with brittle_house.browser(ANNA) as anna:
        cookie, token = anna.client.cookies["console"], await anna.token()
        own_server.kill()
        assert (await anna.client.post("/sign-out", data={"csrf": token})).status_code == 303
        own_server.start()
        anna.client.cookies.set("console", cookie, domain="127.0.0.1")
        assert (await anna.get("/")).status_code == 303


async def ttl(house: House) -> int:
    """How long the one session that there is lives on; in seconds."""
    store = house.parts.store
    [key] = [key async for key in store.redis.scan_iter(store.keys.console_session("*"))]
    left: int = await store.redis.ttl(key)
    return left


async def test_what_an_open_page_asks_for_by_itself_keeps_no_session_alive(house: House) -> None:
    """Rule: two hours without a person's doing end a session; a poll is nobody's doing."""
    store = house.parts.store
    async with house.browser(ANNA) as anna:
        assert await ttl(house) > 100
        [key] = [key async for key in store.redis.scan_iter(store.keys.console_session("*"))]
        await store.redis.expire(key, 100)
        assert (await anna.get("/banners")).status_code == 200
        assert (await anna.get("/no/such/page")).status_code == 404
        assert await ttl(house) <= 100
        await anna.get("/")
        assert await ttl(house) > 100
        await store.redis.delete(key)
        assert (await anna.get("/banners", **{"hx-request": "true"})).status_code == 401


async def test_nor_does_it_while_redis_is_away(
    brittle_house: House, own_server: StoreServer
) -> None:
    hand, parts = Hand(), brittle_house.parts
    sessions = Sessions(parts.secret, parts.store.console, parts.members, hand)
    cookie = await sessions.begin(ANNA)
    assert await sessions.person(cookie) is not None
    hand.seconds += CONSOLE_IDLE_TTL - 1
    assert await sessions.person(cookie, is_active=False) is not None
    own_server.kill()
    assert await sessions.person(cookie) is not None
    hand.seconds += 1
    assert await sessions.person(cookie) is None
    own_server.start()
