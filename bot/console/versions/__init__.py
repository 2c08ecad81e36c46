"""Versions of the answers: who changed what, proposals, and publishing them to the folder.

The versions lie in a bare git repository of their own, under DATA_DIR; the folder may stand in a
checkout whose own repository is never touched. ``versions.Versions`` is the way in.

``published`` is what the folder holds. A change made in the folder by hand, or pulled, is committed
to it before anything else is done. Each open proposal is a branch ``proposals/<id>`` on which
every commit is an event: saved, submitted, returned. A published or withdrawn one is kept as
``refs/closed/<id>``. So everything survives a restart, and plain git can read it:
``git --git-dir var/console/answers.git log --first-parent published``.
"""
