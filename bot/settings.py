"""All settings, from the environment and ``.env``, validated at start.

The operator's reference is ``.env.example``; its names are the fields here in capitals.
"""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.dialogue.thresholds import Thresholds

ROOT = Path(__file__).resolve().parent.parent
TELEGRAM_API = "https://api.telegram.org"
SANDBOX_TOKEN = "1:sandbox-only-not-a-secret"  # noqa: S105 - works nowhere but in the sandbox


class Role(StrEnum):
    """The parts one bot process can play; by default it plays all."""

    RECEIVER = "receiver"
    WORKER = "worker"
    SENDER = "sender"


class LogFormat(StrEnum):
    """Lines for people or for machines."""

    CONSOLE = "console"
    JSON = "json"


class SettingsError(Exception):
    """Settings that cannot work; ``faults`` has one sentence for each, naming the setting."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


Probability = Annotated[float, Field(ge=0, le=1)]
Port = Annotated[int, Field(ge=1, le=65535)]

_BIN = re.compile(r"[0-9]{12}")
"""A business identification number of Kazakhstan."""


class Settings(BaseSettings):
    """See ``.env.example`` for what each one does."""

    model_config = SettingsConfigDict(
        # Another file, or (ENV_FILE= ) none: tests must not run with an operator's token and store.
        env_file=os.environ.get("ENV_FILE", str(ROOT / ".env")) or None,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    telegram_bot_token: str = ""
    telegram_api_url: str = TELEGRAM_API
    operator_name: Annotated[str, Field(max_length=150)] = ""
    operator_bin: str = ""
    operator_contact: Annotated[str, Field(max_length=200)] = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: Port = 8443
    redis_url: str = ""
    nlu_url: str = ""
    nlu_token: str = ""
    nlu_port: Port = 5005
    nlu_timeout: Annotated[float, Field(gt=0, le=30)] = 1.5
    sandbox_host: str = "127.0.0.1"
    sandbox_port: Port = 8081
    internal_host: str = "127.0.0.1"
    internal_port: Port = 8082
    console_host: str = "127.0.0.1"
    console_port: Port = 8083
    console_url: str = ""
    console_tiles_url: str = ""
    console_tiles_credit: str = ""
    data_dir: Path = ROOT / "var"
    answers_dir: Path = ROOT / "answers"
    nlu_data_dir: Path = ROOT / "nlu_data"
    nlu_models_dir: Path = ROOT / "nlu" / "models"
    locales_dir: Path = ROOT / "locales"
    staff_file: Path | None = None
    roles: Annotated[tuple[Role, ...], NoDecode] = tuple(Role)
    shards: Annotated[int, Field(ge=1, le=256)] = 16
    key_prefix: str = "helpline:"
    session_days: Annotated[int, Field(ge=1, le=365)] = 180
    log_format: LogFormat = LogFormat.CONSOLE
    log_level: str = "info"
    sure: Probability = Thresholds().sure
    margin: Probability = Thresholds().margin
    likely: Probability = Thresholds().likely
    language_sure: Probability = Thresholds().language_sure
    urgent: Probability = Thresholds().urgent
    calm: Probability = Thresholds().calm

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_has_telegrams_form(cls, token: str) -> str:
        number, colon, secret = token.partition(":")
        if token and not (colon and number.isdigit() and len(secret) >= 10):
            msg = "is not a bot token (123456789:AA…); get one from @BotFather, or leave it empty"
            raise ValueError(msg)
        return token

    @field_validator("operator_name", "operator_contact", mode="before")
    @classmethod
    def _one_line_of_what_can_be_seen(cls, written: object) -> object:
        if not isinstance(written, str):
            return written
        if len(written.strip().splitlines()) > 1:
            raise ValueError("must be one line")
        line = " ".join(written.split())
        if not line.isprintable():  # such as those that turn the direction of what follows
            raise ValueError("has characters that cannot be seen; type it anew")
        return line

    @field_validator("operator_bin")
    @classmethod
    def _bin_has_its_digits(cls, number: str) -> str:
        if number and not _BIN.fullmatch(number):
            raise ValueError("must be the 12 digits of the BIN")
        return number

    @field_validator("redis_url")
    @classmethod
    def _redis_url_has_a_scheme(cls, url: str) -> str:
        if url and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return url

    @field_validator("webhook_url")
    @classmethod
    def _webhook_is_https_unless_local(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError("must begin with https:// (Telegram calls nothing else)")
        return url

    @field_validator("console_url")
    @classmethod
    def _console_is_https_unless_local(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError("must begin with https:// (what staff see and write goes through it)")
        return url.rstrip("/")

    @field_validator("console_tiles_url")
    @classmethod
    def _tiles_have_their_places(cls, url: str) -> str:
        places = ("{z}", "{x}", "{y}")
        if url and not (url.startswith("https://") and all(place in url for place in places)):
            raise ValueError("must begin with https:// and hold {z}, {x} and {y}")
        return url

    @field_validator("roles", mode="before")
    @classmethod
    def _roles_from_a_comma_list(cls, value: object) -> object:
        return tuple(filter(None, value.split(","))) if isinstance(value, str) else value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.lower() not in ("debug", "info", "warning", "error"):
            raise ValueError("must be debug, info, warning or error")
        return level.lower()

    @model_validator(mode="after")
    def _webhook_needs_its_secret(self) -> Settings:
        if self.webhook_url and len(self.webhook_secret) < 16:
            msg = "webhook_secret: must have at least 16 characters when WEBHOOK_URL is set"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _operator_has_a_name(self) -> Settings:
        if (self.operator_bin or self.operator_contact) and not self.operator_name:
            msg = "operator_name: must be set where OPERATOR_BIN or OPERATOR_CONTACT is"
            raise ValueError(msg)
        return self

    @property
    def uses_sandbox(self) -> bool:
        """Without a token the helpline runs on the local stand-in for Telegram."""
        return not self.telegram_bot_token

    @property
    def token(self) -> str:
        """The token to speak to Telegram, or to the sandbox, with."""
        return self.telegram_bot_token or SANDBOX_TOKEN

    @property
    def api_url(self) -> str:
        """Where the Bot API is, without the ``/bot`` that comes before the token."""
        if self.uses_sandbox and self.telegram_api_url == TELEGRAM_API:
            return f"http://{self.sandbox_host}:{self.sandbox_port}"
        return self.telegram_api_url.rstrip("/")

    @property
    def store_url(self) -> str:
        """The Redis to use: the given one, or the embedded one's socket."""
        return self.redis_url or f"unix://{self.store_socket}"

    @property
    def store_socket(self) -> Path:
        """The unix socket of the embedded store."""
        return self.data_dir / "store" / "valkey.sock"

    @property
    def console_address(self) -> str:
        """Where the staff open the console, without a slash at its end."""
        return self.console_url or f"http://{self.console_host}:{self.console_port}"

    @property
    def console_dir(self) -> Path:
        """What the console keeps beside Redis: versions of the answers, its secret."""
        return self.data_dir / "console"

    @property
    def staff_path(self) -> Path:
        """Where the staff groups are named; there need be no such file."""
        return self.staff_file or self.data_dir / "staff.yml"

    @property
    def clock_file(self) -> Path:
        """Where the sandbox writes by how much the time was played forward."""
        return self.data_dir / "run" / "clock"

    @property
    def classifier_url(self) -> str:
        """The Rasa server to ask: the given one, or our own on loopback."""
        return self.nlu_url or f"http://127.0.0.1:{self.nlu_port}"

    @property
    def classifier_environment(self) -> dict[str, str]:
        """What the programs of ``nlu/`` read from their environment: they know no .env file."""
        return {
            "NLU_PORT": str(self.nlu_port),
            "NLU_DATA_DIR": str(self.nlu_data_dir.resolve()),
            "NLU_MODELS_DIR": str(self.nlu_models_dir.resolve()),
        }

    @property
    def thresholds(self) -> Thresholds:
        """How sure the classifier must be."""
        return Thresholds(
            sure=self.sure,
            margin=self.margin,
            likely=self.likely,
            language_sure=self.language_sure,
            urgent=self.urgent,
            calm=self.calm,
        )


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one or more of them cannot work; each fault names its setting, and never
            repeats the value, which may be a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_sentence(fault) for fault in error.errors()]) from None


def _sentence(fault: object) -> str:
    assert isinstance(fault, dict)  # noqa: S101 - pydantic's ErrorDetails
    message = str(fault["msg"]).removeprefix("Value error, ")
    name = "_".join(str(part) for part in fault["loc"][:1])
    if not name:
        name, _, message = message.partition(": ")
    return f"{name.upper()}: {message}"
