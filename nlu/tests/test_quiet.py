import pytest
import structlog

import quiet


def test_rasa_logs_no_text_of_a_message(capfd: pytest.CaptureFixture[str]) -> None:
    """Rasa's structured logger prints every message it parses unless it is told not to."""
    quiet.silence_rasa()
    structlog.get_logger("rasa.core.processor").debug(
        "processor.message.parse", parse_data_text="my secret"
    )

    said = capfd.readouterr()
    assert said.out + said.err == ""
