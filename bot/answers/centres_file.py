"""Reads ``centres.yml``: whom a migrant can call or visit."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import phonenumbers
from msgspec.structs import replace

from bot.answers.fields import FieldReader
from bot.answers.hours import parse_hours
from bot.answers.model import Centre
from bot.answers.sentence import N_
from bot.answers.yaml_file import Fields
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.faults import FileFaults
    from bot.answers.sentence import Sentence
    from bot.answers.yaml_file import Value

FILE = "centres.yml"

ANY_CITIZENSHIP = "any"

_PHONE = re.compile(r"\+[1-9]\d{7,14}|\d{3,5}", re.ASCII)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CITY = re.compile(r"[a-z]+([_-][a-z]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY = re.compile(rf"[A-Z]{{2}}|{ANY_CITIZENSHIP}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_KEYS = (
    *("id", "names", "kind", "city", "address", "phones", "ask_at", "hours", "hours_note"),
    *("languages", "services", "citizenships", "site", "email", "latitude", "longitude"),
    *("approximate", "coordinates_source", "source", "source_date", "confidence", "note"),
)


class CentreKind(StrEnum):
    """What sort of place it is: it decides how far it can be recommended and to whom."""

    HOTLINE = "hotline"
    NGO = "ngo"
    RED_CRESCENT = "red_crescent"
    IOM = "iom"
    EMBASSY = "embassy"
    GOVERNMENT = "government"


class Confidence(StrEnum):
    """How sure an entry is; less than medium does not belong into the file."""

    HIGH = "high"
    MEDIUM = "medium"


def read_centres(root: Value, faults: FileFaults) -> tuple[Centre, ...]:
    """The centres in the order of the file; what is wrong goes to ``faults``."""
    reader = FieldReader(root, faults, N_("The file must be written as `key: value` lines."))
    reader.only(("services", "centres"))
    services = frozenset(reader.inner("services").keys())
    centres: dict[str, Centre] = {}
    asking: dict[str, int] = {}
    otherwise = N_("An entry of `centres` must be `key: value` lines.")
    for entry in reader.entries("centres"):
        if not isinstance(entry, Fields):
            faults.add(entry.line, otherwise)
            continue
        fields = FieldReader(entry, faults, otherwise)
        centre = _centre(fields, faults, services)
        if centre.id in centres:
            faults.add(fields.line_of("id"), N_("`{word}` stands here twice.", word=centre.id))
        centres[centre.id] = centre
        if centre.ask_at:
            asking[centre.id] = fields.line_of("ask_at")
    _lend_phones(centres, asking, faults)
    if not centres and not faults:
        faults.add(1, N_("There is no centre under `centres`."))
    return tuple(centres.values())


def _lend_phones(centres: dict[str, Centre], asking: Mapping[str, int], faults: FileFaults) -> None:
    """Gives those without a phone the first one of the centre that knows about them.

    Args:
        centres: by id; changed in place.
        asking: ids of those that name such a centre, with the line where they do.
        faults: takes what is wrong.
    """
    for name, line in asking.items():
        centre = centres[name]
        asked = centres.get(centre.ask_at or "")
        if centre.phones:
            sentence = N_(
                "`{centre}` has a phone of its own: `ask_at` is for those without.", centre=name
            )
            faults.add(line, sentence)
        elif asked is None or not asked.phones or asked.ask_at:
            sentence = N_(
                "`ask_at: {centre}` is no centre with a phone of its own.",
                centre=centre.ask_at or "",
            )
            faults.add(line, sentence)
        else:
            centres[name] = replace(centre, phones=asked.phones[:1])


def services_of(root: Value | None) -> frozenset[str]:
    """The words that the file has for what a place helps with."""
    found = root.fields.get("services") if isinstance(root, Fields) else None
    return frozenset(found.fields) if isinstance(found, Fields) else frozenset()


def _centre(reader: FieldReader, faults: FileFaults, services: frozenset[str]) -> Centre:
    reader.only(_KEYS)
    latitude, longitude = reader.degrees("latitude", 90), reader.degrees("longitude", 180)
    if (latitude is None) != (longitude is None):
        faults.add(reader.line, N_("Of `latitude` and `longitude` one is missing."))
    coordinates_source = reader.optional("coordinates_source")
    if latitude is not None and not coordinates_source:
        sentence = N_("`{key}` is missing.", key="coordinates_source")
        faults.add(reader.line_of("latitude"), sentence)
    return Centre(
        id=_matching(reader, faults, "id", _ID, required=True),
        names=_names(reader, faults),
        kind=reader.choice("kind", CentreKind).value,
        city=_matching(reader, faults, "city", _CITY) or None,
        address=reader.optional("address"),
        phones=reader.words("phones", _phone_fault),
        ask_at=_matching(reader, faults, "ask_at", _ID) or None,
        hours=_hours(reader, faults),
        hours_note=reader.optional("hours_note"),
        languages=reader.words("languages", _language_fault),
        services=reader.words("services", lambda word: _service_fault(word, services)),
        citizenships=reader.words("citizenships", _country_fault),
        source=reader.text("source", required=True),
        source_date=reader.loose_date("source_date", required=False) or None,
        confidence=reader.choice("confidence", Confidence).value,
        latitude=latitude,
        longitude=longitude,
        coordinates_source=coordinates_source,
        approximate=reader.flag("approximate"),
        site=_site(reader, faults),
        email=_matching(reader, faults, "email", _EMAIL) or None,
        note=reader.optional("note"),
    )


def _names(reader: FieldReader, faults: FileFaults) -> dict[Locale, str]:
    inner = reader.inner("names")
    inner.only(tuple(locale.value for locale in Locale))
    if Locale.RU.value not in inner.keys():  # noqa: SIM118 - a reader, not a dict
        faults.add(reader.line_of("names"), N_("The Russian name (`ru`) is missing."))
    names = {loc: inner.text(loc.value, required=loc.value in inner.keys()) for loc in Locale}  # noqa: SIM118
    return {locale: name for locale, name in names.items() if name}


def _hours(reader: FieldReader, faults: FileFaults) -> str | None:
    hours = reader.optional("hours")
    if hours is not None and parse_hours(hours) is None:
        sentence = N_(
            "`hours: {hours}` is not written like 24/7 or Mon-Fri 09:00-13:00, 14:00-18:00.",
            hours=hours,
        )
        faults.add(reader.line_of("hours"), sentence)
    return hours


def _site(reader: FieldReader, faults: FileFaults) -> str | None:
    site = reader.optional("site")
    if site is not None and not is_web_address(site):
        faults.add(reader.line_of("site"), no_web_address("site", site))
    return site


def _matching(
    reader: FieldReader,
    faults: FileFaults,
    key: str,
    pattern: re.Pattern[str],
    *,
    required: bool = False,
) -> str:
    text = reader.text(key, required=required)
    if text and not pattern.fullmatch(text):
        sentence = N_("`{key}: {text}` is not written as it should be.", key=key, text=text)
        faults.add(reader.line_of(key), sentence)
    return text


def is_web_address(text: str) -> bool:
    """Whether it is an http(s) address with a host name."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", text)


def no_web_address(key: str, text: str) -> Sentence:
    """That ``is_web_address`` says no."""
    return N_("`{key}: {text}` is no web address.", key=key, text=text)


def _phone_fault(phone: str) -> Sentence | None:
    if _PHONE.fullmatch(phone):
        return None
    return N_(
        "`{phone}` is no phone number; write '+77271234567' or a short number as '112'.",
        phone=phone,
    )


def is_assigned(phone: str) -> bool:
    """Whether a phone number can exist, by the numbering plan of its country.

    Only numbers with a country code are judged: of Kazakhstan's short numbers the plan knows the
    emergency ones, but none of the hotlines (1414, 116 16).
    """
    if not phone.startswith("+"):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return False


def _language_fault(language: str) -> Sentence | None:
    if _LANGUAGE.fullmatch(language):
        return None
    return N_("`{language}` is no language code.", language=language)


def _service_fault(service: str, known: frozenset[str]) -> Sentence | None:
    if service in known:
        return None
    return N_("`{service}` is not in `services` at the top of the file.", service=service)


def _country_fault(code: str) -> Sentence | None:
    if _COUNTRY.fullmatch(code):
        return None
    return N_("`{code}` is no country code such as UZ, nor `any`.", code=code)
