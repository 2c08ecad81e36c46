"""Everything that is kept, in Redis: sessions, the inbox, the outbox, leases and counts.

Works on Redis 7.0 and later and on Valkey, one primary, no cluster: all keys of a turn change in
one atomic script. The server must run with ``maxmemory-policy noeviction``: with any other, full
memory would silently forget sessions and queued messages, whereas with this one it only closes the
intake (the receiver waits, Telegram keeps the updates for 24 hours) while turns and sends, whose
scripts free an entry before they write, go on.
"""
