"""The pure core: what to say is a function of (session, event).

No Telegram, no Redis, no clock, no text of a message in here: the edges read a message and hand in
what it means, and put into words and buttons what comes out.
"""
