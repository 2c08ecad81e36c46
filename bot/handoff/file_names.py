"""Whether the name of a file may tell who somebody is: a copy keeps it, and nobody can change it.

Numbers are masked as in a text. Nobody can tell a person's name from a firm's, so only words are
shown that are surely nobody's, those by which phones, scanners and people call papers
(``_NOBODYS``); every other word is hidden, and the file held back until somebody reveals it. To go
under a name of ours it would have to pass through our hands, and files never do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bot.language.fold import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handoff.masking import Masked

_STAMP = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-._ ]?(?:0[1-9]|1[0-2])[-._ ]?(?:0[1-9]|[12]\d|3[01])"
    r"(?:[-_. T]{0,3}(?:at )?[0-2]\d[-._]?[0-5]\d[-._]?[0-5]\d(?:[-_.]?\d{3})?)?(?!\d)",
    re.ASCII,
)
"""When a phone took or saved it (``IMG_20261123_101530``): digits enough for a telephone's, and
nobody's. No IIN is taken for one: where a day would be, it says 3 to 6 for the century and the sex,
and is 12 digits long."""

_ENDING = re.compile(
    r"\.(?:pdf|jpe?g|png|heic|heif|webp|gif|bmp|tiff?|docx?|odt|rtf|txt|xlsx?|ods|csv|pptx?|odp"
    r"|mp3|m4a|aac|ogg|oga|opus|amr|wav|flac|mp4|m4v|mov|mkv|avi|webm|3gpp?|eml|msg|p7s|cms|sig)",
    re.ASCII | re.IGNORECASE,
)
"""What says which kind of file it is. What else stands behind a dot may be a surname."""

_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.ASCII | re.IGNORECASE)

_LETTERS = re.compile(r"[^\W\d_]+(?:['’ʻʼ`´-][^\W\d_]+)*")
"""A word; of a name with a hyphen no half is shown, also if it is a word of ours."""

_HIDDEN = "••••"

_NOBODYS = frozenset(
    word
    for word in words(
        # What phones, scanners and messengers write.
        "img image images pic picture photo photos foto pxl dsc dcim cam camera camscanner scan "
        "scanned scanner adobe screenshot screen screenrecorder record recording rec video vid "
        "audio voice call sound aud ptt wa whatsapp telegram tg viber gallery file files doc docs "
        "document documents untitled new copy final page pages part version at of and the pdf jpg "
        "jpeg png mp am pm nr com org android chrome "
        "instagram facebook imo youtube tiktok google maps messenger front back side my for from "
        "фото фотография фотографии снимок скан сканы скриншот экран запись видео аудио голос "
        "файл файлы документ документы док копия копии страница стр лист часть новый новая новое "
        "без названия на от для из по мой моя мои "
        # What people call papers; ru, kk, uz, tg, ky.
        "passport pasport iin inn id card visa viza patent permit contract agreement receipt check "
        "ticket invoice bill statement certificate insurance salary wage wages letter form "
        "application registration migration work labor labour court order decision birth marriage "
        "medical "
        "паспорт паспорта загранпаспорт удостоверение личности виза визы патент разрешение договор "
        "договора контракт трудовой трудового соглашение расписка чек квитанция оплата оплаты счет "
        "билет справка выписка заявление жалоба решение суд суда постановление приказ протокол "
        "акт штраф табель зарплата зарплаты ведомость график регистрация регистрации миграционная "
        "карта карточка полис страховка медкнижка анкета бланк форма доверенность свидетельство "
        "рождения брака диплом иин инн работа работы вид жительство жительства рвп внж "
        "құжат құжаттар сурет келісім шарт келісімшарт жеке куәлік өтініш анықтама түбіртек "
        "рұқсат жалақы тіркеу сот шешімі жұмыс "
        "hujjat hujjatlar rasm shartnoma ariza malumotnoma ruxsatnoma guvohnoma chek kvitansiya "
        "mehnat mexnat maosh oylik sud qaror ish hisobot ҳужжат расм шартнома ариза маълумотнома "
        "рухсатнома гувоҳнома меҳнат ойлик суд қарор иш "
        "ҳуҷҷат сурат шиносномаи шиноснома қарордод иҷозат иҷозатнома маълумот маош кор "
        "документтер сүрөт келишим келишими арыз маалымкат уруксат айлык сот чечими иш"
    )
)
"""Folded words; none is a given name or a surname as it stands."""


class Name(msgspec.Struct, frozen=True):
    """The name of a file.

    Attributes:
        shown: as the staff may see it.
        numbers: whether it had numbers of somebody's.
        words: whether it had words that may be somebody's.
    """

    shown: str
    numbers: bool = False
    words: bool = False

    @property
    def hidden(self) -> bool:
        """Whether something of it is hidden."""
        return self.numbers or self.words


def masked(name: str, masks: Callable[[str], Masked]) -> Name:
    """The name of a file as the staff may see it.

    Args:
        name: as the phone gave it; what stands between its words does not matter.
        masks: what may be seen of a text.
    """
    plain = _STAMP.sub(" ", _UUID.sub(" ", name.strip().replace("_", " ")))
    stem, ending = plain, ""
    dot = plain.rfind(".")
    if dot >= 0 and _ENDING.fullmatch(plain, dot):
        stem, ending = plain[:dot], plain[dot:]
    found = masks(stem)
    shown = _LETTERS.sub(_unless_nobodys, found.text)
    return Name(f"{shown}{ending}", numbers=found.hidden, words=shown != found.text)


def _unless_nobodys(match: re.Match[str]) -> str:
    """A word that is surely nobody's; single letters are."""
    word = match[0]
    known = all(part in _NOBODYS for part in words(word))
    return word if len(word) == 1 or known else _HIDDEN
