"""Lets the helpline speak to lo-bot-api-emulator: what is taken out, and why, is all here."""

from __future__ import annotations

from typing import Any

from tests.fidelity.relay import Relay
from tests.fidelity.wire import Call

USERNAME = "emulated_helpline_bot"

UNSUPPORTED = ("protect_content", "link_preview_options", "message_thread_id")
"""Parameters that the emulator refuses ("... is not supported yet"). None of them decides what a
message says."""

REFUSED = ("setMyShortDescription:501",)
"""Calls that the emulator says it does not model, as its verdict wants them named. The helpline
stops describing itself at the first one, and serves without a description."""


class EmulatorShim(Relay):
    """A relay in front of lo-bot-api-emulator 0.3.6.

    - getMe lacks ``username``, which every bot has; commands cannot be told apart without it.
    - Parameters in the address are not read; Telegram reads them there and in the body.
    - ``UNSUPPORTED`` parameters are left out.
    """

    def changed_call(self, call: Call) -> Call:
        """The call as the emulator can read it."""
        kept = {name: value for name, value in call.parameters.items() if name not in UNSUPPORTED}
        return Call(call.method, kept)

    def changed_result(self, call: Call, result: Any) -> Any:
        """The answer as Telegram would give it."""
        return result | {"username": USERNAME} if call.method == "getMe" else result
