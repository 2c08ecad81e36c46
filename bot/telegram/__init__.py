"""python-telegram-bot at the edge: receives updates, runs handlers, renders and sends."""

import os

# Durations as timedelta, as in the library's next major version: the default warns at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")
