"""What kinds, services, fields and their faults are called on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.centres.problems import Cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.console.centres.problems import Problem
    from bot.console.web.languages import Wording

NAMES = {
    "ru": "Русский",
    "kk": "Қазақша",
    "uz": "Oʻzbekcha",
    "uz_Cyrl": "Ўзбекча",
    "tg": "Тоҷикӣ",
    "ky": "Кыргызча",
}


def kinds(w: Wording) -> dict[str, str]:
    """What sort of place it is."""
    return {
        "hotline": w.gettext("Hotline"),
        "ngo": w.gettext("Organisation (NGO)"),
        "red_crescent": w.gettext("Red Crescent"),
        "iom": w.gettext("IOM, UN migration"),
        "embassy": w.gettext("Embassy or consulate"),
        "government": w.gettext("State office"),
    }


def confidences(w: Wording) -> dict[str, str]:
    """How sure an entry is."""
    return {
        "high": w.gettext("high: an official page says it"),
        "medium": w.gettext("medium: somebody else says it"),
    }


def services(w: Wording, known: Mapping[str, str]) -> dict[str, str]:
    """What a place helps with, in the order of the file.

    Args:
        w: the reader's words.
        known: the file's words with their meaning in English, for those that are new here.
    """
    words = {
        "emergency": w.gettext("life at risk: fire, ambulance, police in one"),
        "police": w.gettext("police"),
        "ambulance": w.gettext("ambulance"),
        "fire": w.gettext("fire service"),
        "gas": w.gettext("a smell of gas"),
        "trafficking": w.gettext("forced labour, being held, a passport taken away"),
        "violence": w.gettext("beating, threats, violence at home"),
        "shelter": w.gettext("a safe place to sleep"),
        "psychologist": w.gettext("somebody to talk to when life is too hard"),
        "women": w.gettext("made for women"),
        "children": w.gettext("help for children"),
        "legal_aid": w.gettext("a lawyer or legal advice"),
        "labour": w.gettext("wages, contract, dismissal, injury"),
        "complaints": w.gettext("a complaint about a state body"),
        "corruption": w.gettext("a bribe was asked for"),
        "work_permit": w.gettext("work permit, permit of a labour immigrant (patent)"),
        "registration": w.gettext("notice of arrival, registration"),
        "residence": w.gettext("temporary and permanent residence"),
        "kandas": w.gettext("ethnic Kazakh returnees"),
        "iin": w.gettext("individual identification number (IIN)"),
        "egov": w.gettext("help with eGov"),
        "passport": w.gettext("passport of one's own country, certificate of return"),
        "return_home": w.gettext("the way back home"),
        "missing_persons": w.gettext("a person is missing"),
        "protection": w.gettext("consular protection of one's citizens"),
        "lost_documents": w.gettext("restoring lost papers"),
        "asylum": w.gettext("refugees, people without citizenship"),
        "migrants": w.gettext("works with migrants"),
        "employment": w.gettext("looking for work"),
        "health": w.gettext("medical help"),
        "health_insurance": w.gettext("obligatory health insurance"),
        "humanitarian": w.gettext("food, clothes, money in need"),
        "information": w.gettext("information only"),
    }
    return {name: words.get(name, meaning) for name, meaning in known.items()}


def fields(w: Wording) -> dict[str, str]:
    """What the fields of an entry are called."""
    found = {
        "id": w.gettext("Short name in the file"),
        "names": w.gettext("Name"),
        "kind": w.gettext("Kind"),
        "city": w.gettext("City"),
        "address": w.gettext("Address"),
        "phones": w.gettext("Phone numbers"),
        "ask_at": w.gettext("If there is no phone: whom to call and ask about it"),
        "hours": w.gettext("Opening hours"),
        "hours_note": w.gettext("Note on the hours"),
        "languages": w.gettext("Languages spoken there"),
        "services": w.gettext("Helps with"),
        "citizenships": w.gettext("For citizens of"),
        "site": w.gettext("Web site"),
        "email": w.gettext("E-mail"),
        "latitude": w.gettext("Degrees north (latitude)"),
        "longitude": w.gettext("Degrees east (longitude)"),
        "approximate": w.gettext("Only the city is known, not the house"),
        "coordinates_source": w.gettext("Where the coordinates come from"),
        "source": w.gettext("Source"),
        "source_date": w.gettext("Date of the source"),
        "confidence": w.gettext("How sure it is"),
        "note": w.gettext("Note for counsellors"),
    }
    return found | {f"names.{key}": f"{found['names']}: {name}" for key, name in NAMES.items()}


def sentence(w: Wording, problem: Problem) -> str:
    """What is wrong with a field, for whoever mends it."""
    special = {
        ("names", Cause.MISSING): w.gettext("Write the Russian name at least."),
        ("kind", Cause.MISSING): w.gettext("Choose what kind of place it is."),
        ("source", Cause.MISSING): w.gettext("Write where this is known from: a page or a letter."),
        ("confidence", Cause.MISSING): w.gettext("Choose how sure it is."),
        ("id", Cause.TAKEN): w.gettext("Another centre has this short name."),
        ("phones", Cause.UNASSIGNED): w.gettext("There can be no phone number {value}."),
        ("ask_at", Cause.HAS_PHONE): w.gettext(
            "It has a phone of its own: this is for those without one."
        ),
        ("ask_at", Cause.KNOWS_NO_PHONE): w.gettext("That one has no phone of its own."),
        ("latitude", Cause.MISSING): w.gettext("Of the two coordinates this one is missing."),
        ("longitude", Cause.MISSING): w.gettext("Of the two coordinates this one is missing."),
    }
    wrong = {
        "id": w.gettext("Only small Latin letters, digits and single hyphens, at most 40."),
        "city": w.gettext("This city is not in the list of places."),
        "phones": w.gettext("Write each number on a line: +77271234567, or a short one as 112."),
        "hours": w.gettext(
            "Write 24/7, or as here: Mon-Fri 09:00-13:00, 14:00-18:00; Sat 10:00-12:00."
        ),
        "languages": w.gettext("Write language codes of two small letters, such as tr."),
        "citizenships": w.gettext("Write country codes of two capital letters, such as UZ."),
        "site": w.gettext("Write a web address, such as https://example.org."),
        "email": w.gettext("Write an e-mail address, such as name@example.org."),
        "latitude": w.gettext("Write a number of degrees between -90 and 90, such as 43.25."),
        "longitude": w.gettext("Write a number of degrees between -180 and 180, such as 76.91."),
        "source_date": w.gettext("Write 2026, 2026-11 or 2026-11-22."),
    }
    if problem.cause is Cause.TOO_LONG:
        return w.gettext("This is too long.")
    found = special.get((problem.field, problem.cause)) or wrong.get(problem.field)
    return (found or w.gettext("This cannot be written so.")).format(value=problem.value)
