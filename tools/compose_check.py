"""Checks docker-compose.yml without a Docker engine: ``make compose-check``.

Where `docker compose` is there, it validates the file's form as well; the rules below are ours and
hold everywhere.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
SERVICES = {"redis", "nlu", "bot", "console"}
INSIDE = {"redis", "nlu"}
MODELS = "/app/nlu/models"
PINNED = re.compile(r"^[\w./-]+:\d+\.\d+[\w.-]*$")


def faults(compose: dict[str, Any], root: Path) -> list[str]:
    """What breaks our rules, one sentence each.

    Args:
        compose: the parsed file.
        root: the folder that build contexts are relative to.
    """
    services = compose.get("services", {})
    found = [f"{name}: the service is missing" for name in sorted(SERVICES - set(services))]
    for name, service in services.items():
        found += [f"{name}: {sentence}" for sentence in _service_faults(service, root)]
    networks = compose.get("networks", {})
    for name in sorted(INSIDE & set(services)):
        joined = services[name].get("networks", [])
        if not joined or not all((networks.get(net) or {}).get("internal") for net in joined):
            found.append(f"{name}: must be on internal networks only")
    if _models(services.get("nlu", {})) != _models(services.get("console", {})):
        found.append("console: must train into the folder that nlu serves from")
    used = {
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
    }
    found += [
        f"volume {volume} is not declared"
        for volume in sorted(used)
        if not volume.startswith((".", "/")) and volume not in compose.get("volumes", {})
    ]
    return found


def _models(service: dict[str, Any]) -> str | None:
    """What is mounted where the models are, without its rights."""
    for volume in service.get("volumes", []):
        source, target, *_ = volume.split(":")
        if target == MODELS:
            return str(source)
    return None


def _service_faults(service: dict[str, Any], root: Path) -> list[str]:
    rules = {
        "needs a health check": bool(service.get("healthcheck", {}).get("test")),
        "needs a restart policy": service.get("restart") in ("unless-stopped", "always"),
        "must not run as root": str(service.get("user", "0")).split(":")[0] not in ("0", "root"),
        "needs a read-only file system": service.get("read_only") is True,
        "must drop all capabilities": service.get("cap_drop") == ["ALL"],
        "must not publish ports but to this machine": all(
            str(port).startswith("127.0.0.1:") for port in service.get("ports", [])
        ),
        "needs a pinned image": bool(PINNED.match(str(service.get("image", "")))),
    }
    found = [sentence for sentence, holds in rules.items() if not holds]
    build = service.get("build")
    if build:
        dockerfile = root / build["context"] / build["dockerfile"]
        found += _dockerfile_faults(dockerfile)
    return found


def _dockerfile_faults(path: Path) -> list[str]:
    if not path.exists():
        return [f"{path.name} is missing"]
    text = path.read_text()
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", text, re.MULTILINE))
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE)
    root = path.parent.parent
    found = [
        f"base image {base} is not pinned"
        for base in bases
        if base not in stages and not PINNED.match(base)
    ]
    found += [
        f"{path.parent.name}/Dockerfile copies {source}, which is not there"
        for line in copied
        for source in line.split()
        if not (root / source).exists()
    ]
    found += [
        f"{path.parent.name}/Dockerfile copies {source}, which .dockerignore leaves out"
        for line in copied
        for source in line.split()
        if _is_left_out(source, root)
    ]
    users = re.findall(r"^USER (\S+)$", text, re.MULTILINE)
    if not users or users[-1] in ("root", "0"):
        found.append("its Dockerfile runs as root")
    return found


def _is_left_out(source: str, root: Path) -> bool:
    """As Docker reads .dockerignore: a folder takes along what is in it, the last match counts."""
    ignore = root / ".dockerignore"
    patterns = ignore.read_text().splitlines() if ignore.exists() else []
    places = [PurePosixPath(source), *PurePosixPath(source).parents]
    left_out = False
    for pattern in filter(None, map(str.strip, patterns)):
        wanted = pattern.removeprefix("!")
        if any(place.match(wanted) and _is_as_deep(place, wanted) for place in places):
            left_out = not pattern.startswith("!")
    return left_out


def _is_as_deep(place: PurePosixPath, pattern: str) -> bool:
    """``match`` would look for "tests" at any depth, Docker at the root."""
    return "**" in pattern or len(place.parts) == len(PurePosixPath(pattern).parts)


def _form_faults(path: Path) -> list[str]:
    """What `docker compose` itself says of the file's form, where it is installed."""
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        return []
    command = [docker, "compose", "-f", str(path), "config", "--quiet", "--no-interpolate"]
    checked = subprocess.run(command, capture_output=True, text=True)
    return [checked.stderr.strip()] if checked.returncode else []


def main() -> int:
    """Prints what is wrong; the exit code."""
    path = ROOT / "docker-compose.yml"
    found = faults(YAML(typ="safe").load(path), ROOT)
    found += _form_faults(path)
    for sentence in found:
        print(sentence)
    if not found:
        print(f"{path.name}: {', '.join(sorted(SERVICES))} keep all rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
