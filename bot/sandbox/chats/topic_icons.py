"""The custom emoji that a topic may have as its icon.

Telegram keeps a set of 112, named "Topics"; bots ask for it with ``getForumTopicIconStickers``. The
sandbox has those of them that a helpline may need, under the ids that Telegram gives them. The
pictures are its own: one plain colour each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.media.files import Upload
from bot.sandbox.media.samples import plain_webp

if TYPE_CHECKING:
    from bot.sandbox.media.files import FileStore, StoredFile

SET_NAME = "Topics"
# https://core.telegram.org/stickers: a static custom emoji has 100 pixels
_SIDE = 100

ICONS = {
    "5434144690511290129": "📰",
    "5312536423851630001": "💡",
    "5312016608254762256": "⚡️",
    "5377544228505134960": "🎙",
    "5418085807791545980": "🔝",
    "5370870893004203704": "🗣",
    "5420216386448270341": "🆒",
    "5379748062124056162": "❗️",
    "5373251851074415873": "📝",
    "5433614043006903194": "📆",
    "5357315181649076022": "📁",
    "5309965701241379366": "🔎",
    "5309984423003823246": "📣",
    "5312241539987020022": "🔥",
    "5312138559556164615": "❤️",
    "5377316857231450742": "❓",
    "5350452584119279096": "💰",
    "5309929258443874898": "💸",
    "5310107765874632305": "💱",
    "5377438129928020693": "⁉️",
    "5409357944619802453": "📱",
    "5312322066328853156": "🚗",
    "5312486108309757006": "🏠",
    "5310228579009699834": "🎉",
    "5377498341074542641": "‼️",
    "5408906741125490282": "🏁",
    "5350481781306958339": "📚",
    "5357121491508928442": "👀",
    "5348436127038579546": "✈️",
    "5357120306097956843": "🧳",
    "5350497316203668441": "🚂",
    "5309832892262654231": "🤖",
    "5357419403325481346": "🎓",
    "5348227245599105972": "💼",
    "5377675010259297233": "👶",
    "5386609083400856174": "🤰",
    "5350548830041415279": "🏛",
    "5386379624773066504": "🖨",
    "5350307998340226571": "🩺",
    "5310094636159607472": "💊",
    "5418115271267197333": "🪪",
    "5372819184658949787": "🛃",
    "5417915203100613993": "💬",
    "5238156910363950406": "✍️",
    "5235579393115438657": "⭐️",
    "5237699328843200968": "✅",
    "5237889595894414384": "🧠",
}
"""Emoji by their ``custom_emoji_id``, in Telegram's order."""


class TopicIcons:
    """The stickers of a sandbox's topic icons.

    Args:
        files: Where their pictures are kept.
    """

    def __init__(self, files: FileStore) -> None:
        self._files = files
        self._pictures: dict[str, StoredFile] = {}

    def stickers(self) -> list[dict[str, Any]]:
        """Return the icons as Bot API ``Sticker`` objects; ``getFile`` serves their pictures."""
        return [self._sticker(number, emoji) for number, emoji in ICONS.items()]

    def _sticker(self, number: str, emoji: str) -> dict[str, Any]:
        picture = self._picture(number)
        return {
            "file_id": picture.file_id,
            "file_unique_id": picture.file_unique_id,
            "type": "custom_emoji",
            "width": _SIDE,
            "height": _SIDE,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
            "set_name": SET_NAME,
            "custom_emoji_id": number,
            "file_size": picture.size,
        }

    def _picture(self, number: str) -> StoredFile:
        """Return an icon's picture; it is drawn when first asked for, or when it made room."""
        picture = self._pictures.get(number)
        if picture is None or self._files.content(picture.file_id) is None:
            # The last bytes of the ids make colours that differ.
            red, green, blue = int(number).to_bytes(8, "big")[-3:]
            content = plain_webp(_SIDE, (red, green, blue))
            picture = self._files.add("sticker", Upload("topic.webp", "image/webp", content))
            self._pictures[number] = picture
        return picture
