"""Sessions: a signed cookie that says who it is, and a key in Redis that says it is still good.

While Redis is away, who was seen in this process within the last two hours works on: the cookie's
signature and Telegram's word that they are on the staff are enough to save an answer.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import msgspec
import structlog
from itsdangerous import BadSignature, TimestampSigner
from redis.exceptions import RedisError

from bot.console.access.roles import Person, Role
from bot.store.console import Member
from bot.store.keys import CONSOLE_IDLE_TTL, HOUR
from bot.telegram.desk.upkeep.members import Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.console.access.members import StaffMembers
    from bot.store.console import ConsoleStore

COOKIE = "console"
LIFETIME = 12 * HOUR
"""A working day: nobody stays signed in overnight."""

_log = structlog.get_logger()


class _Claims(msgspec.Struct, frozen=True, array_like=True):
    session: str
    member: Member


class Sessions:
    """Begins sessions, knows them again, and ends them.

    Args:
        secret: signs the cookies.
        store: keeps which are alive.
        members: tells whether the person still belongs to the staff.
        monotonic: a clock in seconds, for tests.
    """

    def __init__(
        self,
        secret: bytes,
        store: ConsoleStore,
        members: StaffMembers,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._signer = TimestampSigner(secret, salt="console-session")
        self._store = store
        self._members = members
        self._now = monotonic
        self._seen: dict[str, tuple[float, frozenset[Role]]] = {}
        self._ended: dict[str, float] = {}

    async def begin(self, member: Member) -> str:
        """Begins a session; gives the value of its cookie."""
        claims = _Claims(secrets.token_urlsafe(32), member)
        await self._store.begin(claims.session, member)
        return self._signer.sign(msgspec.json.encode(claims).hex()).decode()

    async def person(self, cookie: str, *, is_active: bool = True) -> Person | None:
        """Who a cookie stands for; None if it is forged, too old, ended, or of a stranger.

        Args:
            cookie: its value.
            is_active: a person does something, and the session lives on for it. What a page asks
                for by itself, from time to time, would keep the session of a page that was left
                open alive for ever.
        """
        claims = self._claims(cookie)
        if claims is None or claims.session in self._ended:
            return None
        roles = await self._roles(claims, is_active=is_active)
        if roles is None:
            return None
        match await self._members.standing(claims.member.id):
            case Standing.STRANGER:
                await self._forget(claims)
                return None
            case Standing.UNKNOWN:
                return None
            case Standing.MEMBER:
                return Person(claims.member.id, claims.member.name, roles, claims.session)

    async def end(self, cookie: str) -> None:
        """Ends a session; while Redis is away at least in this process, where all come to.

        Raises:
            RedisError: Redis does not know of it.
        """
        claims = self._claims(cookie)
        if claims is not None:
            self._seen.pop(claims.session, None)
            now = self._now()
            self._ended = {one: at for one, at in self._ended.items() if now - at < LIFETIME}
            self._ended[claims.session] = now
            await self._store.end(claims.session)

    def _claims(self, cookie: str) -> _Claims | None:
        try:
            signed = self._signer.unsign(cookie, max_age=LIFETIME)
            return msgspec.json.decode(bytes.fromhex(signed.decode()), type=_Claims)
        except (BadSignature, ValueError, msgspec.DecodeError):
            return None

    async def _roles(self, claims: _Claims, *, is_active: bool) -> frozenset[Role] | None:
        """What the person of a live session may do; None if it is not alive."""
        now, store = self._now(), self._store
        try:
            alive = await (store.touch if is_active else store.look)(claims.session)
            given = await self._store.roles(claims.member.id)
        except RedisError as error:
            seen, roles = self._seen.get(claims.session, (-CONSOLE_IDLE_TTL, frozenset()))
            _log.warning("session_not_checked", error=type(error).__name__)
            return roles if roles and now - seen < CONSOLE_IDLE_TTL else None
        if alive is None:
            self._seen.pop(claims.session, None)
            return None
        known = frozenset(Role(name) for name in given if name in set(Role))
        roles = known | self._members.roles_by_file(claims.member.id)
        if is_active:
            self._remember(claims.session, now, roles)
        return roles

    def _remember(self, session: str, now: float, roles: frozenset[Role]) -> None:
        old = [one for one, (seen, _) in self._seen.items() if now - seen > CONSOLE_IDLE_TTL]
        for one in old:
            del self._seen[one]
        self._seen[session] = now, roles

    async def _forget(self, claims: _Claims) -> None:
        """Ends all sessions of somebody who left the staff."""
        self._seen.pop(claims.session, None)
        try:
            await self._store.end_all(claims.member.id)
        except RedisError as error:
            _log.warning("sessions_not_ended", error=type(error).__name__)
        _log.info("console_stranger_signed_out")
