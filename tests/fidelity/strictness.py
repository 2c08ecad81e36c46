"""Judges what goes over the wire by aiogram's Bot API models: nothing unknown, nothing missing."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from http import HTTPStatus
from typing import Any

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiogram.types import ResponseParameters, Update

from tests.fidelity.shapes import (
    accepts_model,
    accepts_upload,
    faults,
    fields_of,
    options,
    violations,
)
from tests.fidelity.wire import Call, Delivery, Exchange

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    found.__api_method__.lower(): found
    for _, found in inspect.getmembers(methods, inspect.isclass)
    if issubclass(found, TelegramMethod) and found is not TelegramMethod
}
_INTEGER = re.compile(r"-?\d+")
_ERROR_FIELDS = {"ok", "error_code", "description", "parameters"}
_ATTACHED = re.compile(r"attach://([^\"\s]+)")


class Witness:
    """Listens to a relay and writes down every violation.

    Args:
        calls: Whether calls are judged too, or only what the server says.
    """

    def __init__(self, *, calls: bool = True) -> None:
        self._calls = calls
        self.violations: list[str] = []
        self.seen: Counter[str] = Counter()

    def __call__(self, happened: Exchange | Delivery) -> None:
        """Takes note of what happened on the wire."""
        if isinstance(happened, Delivery):
            self._updates([happened.update])
            return
        call = happened.call
        name = f"{call.method} → {happened.status}"
        self.seen[name] += 1
        if self._calls:
            self._note(call.method, call_violations(call))
        if happened.status:
            self._note(name, answer_violations(call.method, happened.status, happened.answer))
        if call.method.lower() == "getupdates" and isinstance(happened.result, list):
            self._updates(happened.result)

    def _updates(self, updates: list[Any]) -> None:
        for update in updates:
            kinds = "+".join(sorted(set(update) - {"update_id"})) if update else "nothing"
            self.seen[f"update {kinds}"] += 1
            self._note(f"update {kinds}", update_violations(update))

    def _note(self, where: str, found: list[str]) -> None:
        self.violations += [f"{where}: {each}" for each in found]


def update_violations(update: Any) -> list[str]:
    """What is wrong with an update."""
    found = violations(update, Update, "update")
    kinds = set(update) - {"update_id"} if isinstance(update, dict) else set()
    if len(kinds) != 1:  # https://core.telegram.org/bots/api#update: at most one; never none
        found.append(f"update: {len(kinds)} kinds at once")
    return found


def answer_violations(method: str, status: int, answer: Any) -> list[str]:
    """What is wrong with the answer to a call.

    Args:
        method: The method called.
        status: The HTTP status.
        answer: The decoded body.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return ["answer: not an object with ok"]
    if not answer["ok"]:
        return _error_violations(status, answer)
    found = [f"answer.{name}: unknown beside a result"
             for name in answer if name not in ("ok", "result", "description")]  # fmt: skip
    if status != HTTPStatus.OK:
        found.append(f"answer: ok with status {status}")
    if "result" not in answer:
        return [*found, "answer.result: missing"]
    known = METHODS.get(method.lower())
    if known is None:
        return [*found, f"answer: a result of {method}, which the Bot API does not have"]
    return found + violations(answer["result"], known.__returning__, "result")


def _error_violations(status: int, answer: dict[str, Any]) -> list[str]:
    found = [f"answer.{name}: unknown in an error" for name in answer if name not in _ERROR_FIELDS]
    if answer.get("error_code") != status:
        found.append(f"answer.error_code: {answer.get('error_code')} with status {status}")
    if not isinstance(answer.get("description"), str) or not answer["description"]:
        found.append("answer.description: missing")
    if "parameters" in answer:
        found += violations(answer["parameters"], ResponseParameters, "parameters")
        if not answer["parameters"]:
            found.append("parameters: empty")
    return found


def call_violations(call: Call) -> list[str]:
    """What is wrong with a call: an unknown method or parameter, one missing, one of a wrong type.

    Args:
        call: As it came over the wire.
    """
    known = METHODS.get(call.method.lower())
    if known is None:
        return ["the Bot API has no such method"]
    parameters = fields_of(known)
    found = []
    for name, value in call.parameters.items():
        if name in parameters:
            found += _parameter_faults(name, value, parameters[name].annotation)
        else:
            found.append(f"{name}: no such parameter")
    attached = set(_ATTACHED.findall(json.dumps(call.parameters, ensure_ascii=False)))
    found += [
        f"{name}: an upload that nothing refers to"
        for name in call.files
        if name not in attached
        and not (name in parameters and accepts_upload(parameters[name].annotation))
    ]
    given = call.parameters.keys() | call.files.keys()
    return found + [
        f"{name}: missing"
        for name, field in parameters.items()
        if field.is_required() and name not in given
    ]


def _parameter_faults(name: str, value: Any, expected: Any) -> list[str]:
    if isinstance(value, str) and accepts_model(expected):
        try:
            value = json.loads(value)
        except ValueError:
            return [f"{name}: not JSON"]
    elif isinstance(value, str):
        value = _from_form(value, options(expected))
    return faults(value, expected, name)


def _from_form(text: str, kinds: tuple[Any, ...]) -> object:
    """A value as the parameter's type has it: Telegram takes a string for everything."""
    if bool in kinds and text in ("true", "false"):
        return text == "true"
    if str in kinds:
        return text
    if float in kinds:
        try:
            return float(text)
        except ValueError:
            return text
    return int(text) if _INTEGER.fullmatch(text) else text
