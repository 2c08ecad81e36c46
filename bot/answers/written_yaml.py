"""Writes values as YAML that reads back as exactly these values. Pure."""

from __future__ import annotations

from bot.answers.faults import FileFaults
from bot.answers.yaml_file import Fields, Items, Scalar, Value, parse_yaml


def scalar(text: str | None, *, in_list: bool = False) -> str:
    """A text as YAML, plain if that reads as the same text."""
    if text is None:
        return ""
    escaped = "".join(
        char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08X}" for char in text
    )
    quoted = "'" + text.replace("'", "''") + "'"
    for written in (text, quoted):
        if "\n" in written or "\r" in written:
            continue
        line = f"[{written}]" if in_list else written
        wished: object = [text] if in_list else text
        faults = FileFaults("")
        if plain(parse_yaml(f"k: {line}\n", faults)) == {"k": wished} and not faults:
            return written
    return f'"{escaped}"'


def plain(value: Value | None) -> object:
    """A value without its lines: text, None, lists and dictionaries."""
    match value:
        case Scalar(text=text):
            return text
        case Items(items=items):
            return [plain(item) for item in items]
        case Fields(fields=fields):
            return {key: plain(inner) for key, inner in fields.items()}
        case _:
            return None
