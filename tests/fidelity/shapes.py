"""Whether JSON has exactly the shape of one of aiogram's Bot API types.

aiogram itself is lenient on purpose: it keeps unknown fields, takes ``"1"`` for 1, and fills in a
missing ``type``. Here nothing is forgiven. aiogram's own validation runs as well, so that a
mistake in these rules cannot let through what aiogram would refuse.
"""

from __future__ import annotations

import datetime
import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.types import InputFile
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

_NUMBERS = (int, float)


def violations(value: object, expected: Any, place: str) -> list[str]:
    """What is wrong with a value of Bot API JSON.

    Args:
        value: The decoded JSON.
        expected: An annotation of aiogram's: a model, a union, ``list[...]``, ``bool``, …
        place: What to call the value.

    Returns:
        One line for each fault, beginning with its place; none if the value is as it must be.
    """
    found = faults(value, expected, place)
    try:
        _adapter(expected).validate_python(value)
    except ValidationError as error:
        found += [
            f"{'.'.join((place, *map(str, fault['loc'])))}: aiogram: {fault['msg']}"
            for fault in error.errors()
        ]
    return found


def accepts_model(expected: Any) -> bool:
    """Whether an annotation asks for an object or a list, which forms carry as a string of JSON."""
    return any(
        get_origin(option) is list or (isinstance(option, type) and issubclass(option, BaseModel))
        for option in options(expected)
    )


def accepts_upload(expected: Any) -> bool:
    """Whether an annotation takes an uploaded file."""
    return InputFile in options(expected)


def options(expected: Any) -> tuple[Any, ...]:
    """The members of a union, flattened; of anything else, itself."""
    expected = _plain(expected)
    if get_origin(expected) in (Union, types.UnionType):
        return tuple(option for member in get_args(expected) for option in options(member))
    return (expected,)


def _plain(expected: Any) -> Any:
    """An annotation without its metadata and its alias."""
    while True:
        if isinstance(expected, TypeAliasType):
            expected = expected.__value__
        elif get_origin(expected) is Annotated:
            expected = get_args(expected)[0]
        else:
            return expected


@cache
def _adapter(expected: Any) -> TypeAdapter[Any]:
    return TypeAdapter(expected)


def faults(value: object, expected: Any, place: str) -> list[str]:
    """What is wrong with a value by the rules here alone; for requests, see ``violations``."""
    tried = [_faults_of(value, option, place) for option in options(expected)]
    if not all(tried):
        return []
    # Of a union, the faults of the member that is meant: whose tag fits, then the nearest one.
    meant = [
        found
        for option, found in zip(options(expected), tried, strict=True)
        if _is_meant(value, option)
    ]
    return min(meant or tried, key=len)


def _is_meant(value: object, option: Any) -> bool:
    if not (isinstance(value, dict) and isinstance(option, type) and issubclass(option, BaseModel)):
        return False
    tags = {
        name: field
        for name, field in fields_of(option).items()
        if get_origin(field.annotation) is Literal
    }
    return all(value.get(name) in get_args(field.annotation) for name, field in tags.items())


def _faults_of(value: object, option: Any, place: str) -> list[str]:
    """The faults against one member of a union."""
    origin = get_origin(option)
    if origin is list:
        if not isinstance(value, list):
            return [f"{place}: {_kind(value)} instead of a list"]
        (item,) = get_args(option)
        return [
            fault for n, each in enumerate(value) for fault in faults(each, item, f"{place}[{n}]")
        ]
    if origin is Literal:
        known = get_args(option)
        if any(value == each and isinstance(value, bool) == isinstance(each, bool)
               for each in known):  # fmt: skip
            return []
        return [f"{place}: {value!r} instead of {' or '.join(f'{each!s}' for each in known)}"]
    if isinstance(option, type) and issubclass(option, BaseModel):
        return _object_faults(value, option, place)
    return _scalar_faults(value, option, place)


def _scalar_faults(value: object, option: Any, place: str) -> list[str]:
    number = isinstance(value, _NUMBERS) and not isinstance(value, bool)
    fits = {
        bool: isinstance(value, bool),
        int: number and isinstance(value, int),
        float: number,
        str: isinstance(value, str),
        datetime.datetime: number and isinstance(value, int) and value >= 0,
        InputFile: isinstance(value, str) and value.startswith("attach://"),
    }.get(option, False)
    wanted = {datetime.datetime: "Unix time"}.get(option) or getattr(option, "__name__", option)
    return [] if fits else [f"{place}: {_kind(value)} instead of {wanted}"]


def _object_faults(value: object, model: type[BaseModel], place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: {_kind(value)} instead of {model.__name__}"]
    known = fields_of(model)
    found = [
        f"{place}.{name}: {model.__name__} has no such field" for name in value if name not in known
    ]
    for name, field in known.items():
        if name not in value:
            if is_needed(field):
                found.append(f"{place}.{name}: missing in {model.__name__}")
        elif is_withdrawn(field):
            found.append(f"{place}.{name}: withdrawn from {model.__name__}")
        else:
            found += faults(value[name], _given(field), f"{place}.{name}")
    return found


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by their Bot API names."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def is_needed(field: FieldInfo) -> bool:
    """Whether Telegram always sends a field: aiogram gives tags such as ``type`` a default."""
    return field.is_required() or get_origin(field.annotation) is Literal


def is_withdrawn(field: FieldInfo) -> bool:
    """Whether the Bot API no longer documents a field, which aiogram keeps for old code."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("deprecated"))


@cache
def _given_annotation(annotation: Any) -> Any:
    kept = tuple(option for option in options(annotation) if option is not type(None))
    return Union[kept]  # noqa: UP007 - built from values


def _given(field: FieldInfo) -> Any:
    """What a field holds when it is there: Telegram leaves a field out, it never sends null."""
    annotation: Any = field.annotation
    return _given_annotation(annotation)


def _kind(value: object) -> str:
    return "null" if value is None else type(value).__name__
