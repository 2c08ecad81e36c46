"""Runs the helpline's processes under supervisord: started in order, restarted, stopped in order.

supervisord is the well-kept runner; this module writes its configuration and becomes it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from bot.processes.control_socket import control_socket

if TYPE_CHECKING:
    from bot.settings import Settings

FINAL_EXIT_CODE = 2
"""A process that ends with this one has said why it cannot work, and is not started again."""

MAX_SOCKET_BYTES = 103
"""The longest path of a unix socket: 103 bytes on macOS, 107 on Linux (``sun_path``)."""

NLU_PYTHON = Path("nlu") / ".venv" / "bin" / "python"


class StartError(Exception):
    """Something on this machine prevents the start; the text says what to do."""


class Program(msgspec.Struct, frozen=True):
    """One process to keep running.

    Attributes:
        name: as supervisord calls it.
        command: its words; quoted for supervisord when written.
        priority: lower starts earlier and stops later.
        stop_seconds: how long it may take to end in order before it is killed.
        log: where its output goes; None for this terminal.
    """

    name: str
    command: tuple[str, ...]
    priority: int
    stop_seconds: int
    log: Path | None = None


def programs(settings: Settings, root: Path, control: Path | None = None) -> tuple[Program, ...]:
    """What has to run with these settings, in order of start.

    Args:
        settings: of this helpline.
        root: the repository.
        control: supervisord's socket, for the sandbox to stop and start the others.
    """
    logs = settings.data_dir / "log"
    python = sys.executable
    helpline = (python, "-m", "bot.cli")
    found = []
    if not settings.redis_url:
        found.append(Program("store", (*helpline, "store"), 10, 30, logs / "store.log"))
    if not settings.nlu_url:
        serve = (str(root / NLU_PYTHON), str(root / "nlu" / "serve.py"))
        found.append(Program("nlu", serve, 20, 10, logs / "nlu.log"))
    if settings.uses_sandbox:
        sandbox = (*helpline, "sandbox", *(("--parts", str(control)) if control else ()))
        found.append(Program("sandbox", sandbox, 30, 5, logs / "sandbox.log"))
    found.append(Program("bot", (*helpline, "bot"), 40, 20))
    found.append(Program("console", (*helpline, "console"), 50, 10))
    return tuple(found)


def configuration(
    settings: Settings, root: Path, nlu_token: str, control: Path | None = None
) -> str:
    """The supervisord configuration, as text.

    Every program is on a leash (see ``leash.py``): should supervisord be killed, they end too.

    Args:
        settings: of this helpline.
        root: the repository.
        nlu_token: what the classifier asks for.
        control: where supervisord listens, to this user only; None for nowhere.
    """
    run = settings.data_dir / "run"
    head = f"""\
[supervisord]
nodaemon=true
silent=true
logfile={_quote(settings.data_dir / "log" / "supervisord.log")}
pidfile={_quote(run / "supervisord.pid")}
directory={_quote(root)}
environment=RASA_TELEMETRY_ENABLED="false",NLU_TOKEN="{nlu_token}",PYTHONUNBUFFERED="1"
"""
    sections = [_section(program) for program in programs(settings, root, control)]
    return head + (_control_section(control) if control else "") + "".join(sections)


def _control_section(socket: Path) -> str:
    return f"""
[unix_http_server]
file={_quote(socket)}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""


def _section(program: Program) -> str:
    leash = (sys.executable, "-m", "bot.processes.leash")
    command = " ".join(_word(word) for word in (*leash, *program.command))
    output = "/dev/fd/1" if program.log is None else _quote(program.log)
    rotation = "stdout_logfile_maxbytes=0" if program.log is None else "stdout_logfile_backups=2"
    return f"""
[program:{program.name}]
command={_quote(command)}
priority={program.priority}
autorestart=unexpected
exitcodes={FINAL_EXIT_CODE}
startsecs=1
startretries=1000000
stopwaitsecs={program.stop_seconds}
stopasgroup=false
killasgroup=true
redirect_stderr=true
stdout_logfile={output}
{rotation}
"""


def _quote(value: object) -> str:
    """Doubles ``%``, which supervisord expands in every value."""
    return str(value).replace("%", "%%")


def _word(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def check_ports(settings: Settings) -> None:
    """Fails while another program holds a port that we need.

    Raises:
        StartError: names the port and the setting that moves it.
    """
    wanted = [("INTERNAL_PORT", settings.internal_host, settings.internal_port)]
    wanted.append(("CONSOLE_PORT", settings.console_host, settings.console_port))
    if settings.uses_sandbox:
        wanted.append(("SANDBOX_PORT", settings.sandbox_host, settings.sandbox_port))
    if not settings.nlu_url:
        wanted.append(("NLU_PORT", "127.0.0.1", settings.nlu_port))
    if settings.webhook_url:
        wanted.append(("WEBHOOK_PORT", settings.webhook_host, settings.webhook_port))
    for name, host, port in wanted:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise StartError(
                    f"Port {port} is taken ({error.strerror}): stop the program that uses it, or "
                    f"set {name} in .env to another port."
                ) from None


def prepare(settings: Settings, root: Path) -> None:
    """Checks this machine and writes supervisord's configuration.

    Raises:
        StartError: with a sentence that says what to do.
    """
    _check_classifier(settings, root)
    _check_depth(settings)
    for folder in ("log", "run", "store"):
        (settings.data_dir / folder).mkdir(parents=True, exist_ok=True)
    _hold_lock(settings.data_dir / "run" / "lock")
    check_ports(settings)
    control = None
    if settings.uses_sandbox:
        settings.clock_file.unlink(missing_ok=True)  # of a run that was killed
        control = control_socket(settings.data_dir / "run")
    config = _config_path(settings)
    config.touch(mode=0o600)  # the classifier's token is in it
    token = settings.nlu_token or secrets.token_urlsafe(24)
    config.write_text(configuration(settings, root, token, control))


def run(settings: Settings) -> NoReturn:
    """Becomes supervisord, with the configuration that ``prepare`` wrote.

    What the classifier reads from its environment goes there directly: supervisord's configuration
    has no way to write every path.
    """
    supervisord = Path(sys.executable).with_name("supervisord")
    arguments = [str(supervisord), "-c", str(_config_path(settings))]
    environment = {**os.environ, **settings.classifier_environment}
    os.execve(supervisord, arguments, environment)  # noqa: S606 - of a pinned package


def _config_path(settings: Settings) -> Path:
    return settings.data_dir / "run" / "supervisord.conf"


def _check_classifier(settings: Settings, root: Path) -> None:
    if not settings.nlu_url and not (root / NLU_PYTHON).exists():
        raise StartError("The classifier is not set up: run `make run`, or `make setup` once.")


def _check_depth(settings: Settings) -> None:
    length = len(os.fsencode(settings.store_socket))
    if not settings.redis_url and length > MAX_SOCKET_BYTES:
        raise StartError(
            f"DATA_DIR lies {length - MAX_SOCKET_BYTES} characters too deep for the store's "
            "socket: set it to a folder with a shorter path."
        )


def _hold_lock(path: Path) -> None:
    """One helpline per data folder; the lock is held by supervisord and goes with it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StartError(
            f"The helpline already runs on {path.parent.parent}: stop it first (Ctrl-C in its "
            "terminal), or set DATA_DIR to another folder."
        ) from None
    os.set_inheritable(descriptor, True)
