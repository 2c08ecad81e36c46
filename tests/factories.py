"""Small pieces of content and readings that tests build their cases from."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from bot.answers.model import (
    Answer,
    AnswerText,
    Centre,
    DangerKind,
    Handoff,
    Library,
    Need,
    Part,
    Source,
    Status,
    Topic,
)
from bot.dialogue.events import Guess, Reading, TextReceived
from bot.language.tags import Locale

CHECKED = date(2026, 11, 22)
CHECK_AGAIN = date(2027, 2, 20)


def answer(
    intent: str,
    *,
    topic: str = "work_permit",
    parts: dict[Part, str] | None = None,
    locales: tuple[Locale, ...] = tuple(Locale),
    handoff: Handoff = Handoff.OFFER,
    status: Status = Status.DRAFT,
    related: tuple[str, ...] = (),
    phones: tuple[str, ...] = (),
) -> Answer:
    """An answer that says in every locale what it is."""
    written = parts or {Part.EVERYONE: "Body."}
    return Answer(
        intent=intent,
        topic=topic,
        status=status,
        checked_on=CHECKED,
        check_again_by=CHECK_AGAIN,
        handoff=handoff,
        texts={
            locale: AnswerText(
                question=f"{intent}?",
                short=intent[:30],
                parts={part: f"{body} ({locale.value})" for part, body in written.items()},
            )
            for locale in locales
        },
        sources=(Source(title="Law & order", url="https://law.example/?a=1&b=2", date="2025"),),
        related=related,
        phones=phones,
    )


def centre(
    name: str,
    *,
    kind: str = "ngo",
    city: str | None = "almaty",
    phones: tuple[str, ...] = ("+77000000000",),
    citizenships: tuple[str, ...] = ("any",),
    latitude: float | None = 43.25,
    longitude: float | None = 76.95,
    address: str | None = "Street 1",
    services: tuple[str, ...] = (),
    site: str | None = None,
) -> Centre:
    """A centre in Almaty unless said otherwise."""
    return Centre(
        id=name,
        names={Locale.RU: name},
        kind=kind,
        city=city,
        address=address,
        phones=phones,
        hours="24/7",
        languages=("ru",),
        services=services,
        citizenships=citizenships,
        source="https://law.example/",
        source_date="2026",
        confidence="high",
        latitude=latitude,
        longitude=longitude,
        site=site,
    )


BY_CITIZENSHIP = {
    Part.EVERYONE: "For all.",
    Part.EAEU: "No permit.",
    Part.VISA_FREE: "A permit.",
    Part.OTHER: "A visa.",
    Part.MORE: "More.",
}

_CONVERSATION = (
    "greet",
    "thanks",
    "goodbye",
    "bot_help",
    "change_language",
    "privacy",
    "quiet_phone",
)


def library() -> Library:
    """A few answers of every kind the dialogue treats differently."""
    answers = [
        answer("permit_need", parts=BY_CITIZENSHIP, related=("permit_cost",)),
        answer("permit_cost"),
        answer("unpaid_wages", topic="work_rights"),
        answer("trafficking", topic="protection", handoff=Handoff.URGE),
        answer("find_centre", topic="services"),
        answer("hotline", topic="services"),
        answer("talk_to_human", topic="services"),
        *(answer(name, topic="conversation") for name in _CONVERSATION),
    ]
    return Library(
        version="test",
        answers={found.intent: found for found in answers},
        cards={
            kind: answer(
                kind.value,
                topic="danger",
                handoff=Handoff.URGE,
                related=("trafficking",),
                phones=("hot-112",),
            )
            for kind in DangerKind
        },
        topics=(
            Topic("work_permit", "🛂", _titles("Permit"), ("permit_need", "permit_cost")),
            Topic("services", "🏠", _titles("Help"), ("find_centre", "hotline")),
        ),
        centres=(
            centre("hot-112", kind="hotline", city=None, phones=("112",), address=None),
            centre(
                "hot-111",
                kind="hotline",
                city=None,
                phones=("111",),
                address=None,
                services=("legal",),
            ),
            centre("state-almaty", kind="government", services=("legal", "papers")),
            centre("ngo-almaty", services=("legal",)),
            centre("uz-consulate", kind="embassy", citizenships=("UZ",), services=("papers",)),
            centre("tj-consulate", kind="embassy", citizenships=("TJ",), services=("papers",)),
            centre("ngo-shymkent", city="shymkent", latitude=42.34, longitude=69.59),
            centre("ngo-silent", phones=(), address=None),
        ),
        needs=(
            Need("legal_aid", "⚖️", _titles("Lawyer"), ("legal",)),
            Need("documents", "📄", _titles("Papers"), ("papers",)),
        ),
    )


def as_drafts(library: Library) -> Library:
    """The same, as it was written at ``CHECKED`` and before anybody approved it."""

    def as_draft(answer: Answer) -> Answer:
        return replace(
            answer,
            status=Status.DRAFT,
            approved_by=None,
            checked_on=CHECKED,
            check_again_by=CHECK_AGAIN,
        )

    return replace(
        library,
        answers={name: as_draft(found) for name, found in library.answers.items()},
        cards={kind: as_draft(found) for kind, found in library.cards.items()},
    )


def _titles(word: str) -> dict[Locale, str]:
    return {locale: f"{word} {locale.value}" for locale in Locale}


def read_as(intent: str, confidence: float = 0.95, **fields: object) -> TextReceived:
    """A text that the classifier takes for this intent."""
    return TextReceived(reading=reading((intent, confidence)), **fields)  # type: ignore[arg-type]


def reading(
    *intents: tuple[str, float],
    language: Locale | str | None = None,
    language_confidence: float = 0.99,
    urgency: float = 0.0,
) -> Reading:
    """A classifier's reading with these guesses, best first."""
    languages: tuple[Guess, ...] = ()
    if language is not None:
        name = language.value if isinstance(language, Locale) else language
        languages = (Guess(name, language_confidence),)
    return Reading(
        intents=tuple(Guess(name, confidence) for name, confidence in intents),
        languages=languages,
        urgency=urgency,
    )
