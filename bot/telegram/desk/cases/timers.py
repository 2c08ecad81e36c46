"""The names of the desk's own timers, beside those of ``handoff.moves.Timer``.

One side sets them and ``migrant.signals`` hears of them, in the order of the migrant's chat. They
wait in the store, so a name is never given another meaning.
"""

from __future__ import annotations

ALBUM = "album:"
"""A migrant's album waits for its parts; Telegram's name of the album follows."""

STAFF_ALBUM = "staff_album"
"""A counsellor's album waits for its parts."""

ADOPT = "adopt"
"""Ends at once: the migrant's session learns which case is open now."""

PROFILE = "profile:"
"""Ends at once: the migrant's session learns what a counsellor corrected; the field follows."""
