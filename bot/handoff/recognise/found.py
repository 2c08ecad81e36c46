"""What was found in a text."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What identifies a person. Where a number could be several, the likeliest."""

    PHONE = "phone"
    IIN = "iin"
    """A personal number: Kazakhstan's IIN (12 digits), the PINFL or PIN of a neighbour (14)."""
    PASSPORT = "passport"
    """A passport or an identity card."""
    CARD = "card"
    ACCOUNT = "account"
    EMAIL = "email"
    USERNAME = "username"
    """A name, a link or an invitation in a messenger or a social network."""


class Found(msgspec.Struct, frozen=True):
    """A stretch of a text; ``start`` and ``end`` are offsets as Python counts characters."""

    start: int
    end: int
    kind: Kind
