"""What a message becomes on the other side of a case.

Only copies are made, never forwards: a forward shows whose message it was.
"""

from bot.telegram.desk.relay.albums import ALBUM_SECONDS, AlbumPart, album_part, carry_album
from bot.telegram.desk.relay.files import MAX_FILE_BYTES, is_held, is_swapped, kind_of, refusal
from bot.telegram.desk.relay.messages import CONTACT, carry, carry_edit, carry_reaction
from bot.telegram.desk.relay.route import Carried, Route, unmasked

__all__ = [
    "ALBUM_SECONDS",
    "CONTACT",
    "MAX_FILE_BYTES",
    "AlbumPart",
    "Carried",
    "Route",
    "album_part",
    "carry",
    "carry_album",
    "carry_edit",
    "carry_reaction",
    "is_held",
    "is_swapped",
    "kind_of",
    "refusal",
    "unmasked",
]
