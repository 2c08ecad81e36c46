"""What all tests go by."""

from __future__ import annotations

from hypothesis import settings

# No test's verdict depends on speed; a machine may be busy with other things.
settings.register_profile("helpline", deadline=None)
settings.load_profile("helpline")
