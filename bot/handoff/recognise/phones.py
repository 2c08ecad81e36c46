"""What numbers of telephones the digits can be, by Google's libphonenumber."""

from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHIN_A_COUNTRY = {9: ("UZ", "TJ", "KG"), 10: ("KZ", "KG"), 11: ("KZ",)}
"""Where a number of so many digits may be from. KZ stands for Russia too: they share +7 and 8."""

_COUNTRY_CODES = ("7", "992", "996", "998")
_ABROAD = ("00", "810")
"""What is dialled for a plus."""

_SHORTEST = 8
_LONGEST = 16


def readings(digits: str, *, plus: bool) -> tuple[str, ...]:
    """The telephones, as E.164, that digits can be: with, without or instead of a country code.

    Args:
        digits: ASCII digits only.
        plus: whether a plus stood before them.
    """
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return ()
    if plus:
        return tuple(_parsed(f"+{digits}", None))
    found = [
        number
        for region in _WITHIN_A_COUNTRY.get(len(digits), ())
        for number in _parsed(digits, region)
    ]
    for prefix in ("", *_ABROAD):
        rest = digits.removeprefix(prefix)
        if digits.startswith(prefix) and len(rest) > 10 and rest.startswith(_COUNTRY_CODES):
            found += _parsed(f"+{rest}", None)
    return tuple(found)


def _parsed(written: str, region: str | None) -> Iterator[str]:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_valid_number(number):
        yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
