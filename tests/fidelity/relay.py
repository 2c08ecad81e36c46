"""Stands between a bot and a Bot API server, passes everything on, and tells who listens."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.fidelity.wire import Call, Delivery, Exchange, read_call

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST_BODY = 64 * 1024 * 1024
_PASSED_ON = ("Content-Type", "Retry-After")


class Relay:
    """A pass-through for HTTP: nothing is changed, except where a subclass says so.

    Args:
        upstream: The root of the Bot API server.
        webhooks: Whether a webhook that the bot sets is led through here as well.

    Attributes:
        url: Where it listens.
        arrivals: Who is told of each call when it comes.
        listeners: Who is told of each call when it was answered, and of each update delivered.
    """

    def __init__(self, upstream: str, *, webhooks: bool = False) -> None:
        self.upstream = upstream
        self._webhooks = webhooks
        self.url = ""
        self.arrivals: list[Callable[[Call], None]] = []
        self.listeners: list[Callable[[Exchange | Delivery], None]] = []
        self._hook = ""
        self._session: ClientSession | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._call)
        app.router.add_get("/file/{path:.+}", self._download)
        app.router.add_post("/webhook", self._deliver)
        self._session = ClientSession(timeout=ClientTimeout(total=None))
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    def changed_call(self, call: Call) -> Call | None:
        """What to ask the server instead; None to pass the call on byte by byte."""
        sets_webhook = call.method.lower() == "setwebhook" and call.parameters.get("url")
        if not self._webhooks or not sets_webhook:
            return None
        self._hook = str(call.parameters["url"])
        return Call(call.method, call.parameters | {"url": f"{self.url}/webhook"})

    def changed_result(self, call: Call, result: Any) -> Any:
        """What to tell the bot instead of a result."""
        return result

    async def _call(self, request: web.Request) -> web.StreamResponse:
        assert self._session is not None
        body = await request.read()
        method = request.match_info["method"]
        call = read_call(method, request.query, request.headers.get("Content-Type", ""), body)
        for arrival in self.arrivals:
            arrival(call)
        try:
            changed = self.changed_call(call)
            if changed is None:
                sent = self._session.request(
                    request.method,
                    self.upstream + request.raw_path,
                    data=BytesIO(body) if body else None,
                    headers=_headers(request),
                )
            else:
                sent = self._session.post(self.upstream + request.path, json=changed.parameters)
            async with sent as answer:
                content, status = await answer.read(), answer.status
                headers = {name: answer.headers[name] for name in _PASSED_ON
                           if name in answer.headers}  # fmt: skip
        except ClientError:
            self._tell(Exchange(call, 0, None))
            return _cut(request)
        told = json.loads(content)
        if isinstance(told, dict) and "result" in told:
            result = self.changed_result(call, told["result"])
            if result is not told["result"]:
                told["result"] = result
                content = json.dumps(told).encode()
        self._tell(Exchange(call, status, told))
        return web.Response(body=content, status=status, headers=headers)

    async def _download(self, request: web.Request) -> web.Response:
        assert self._session is not None
        async with self._session.get(self.upstream + request.raw_path) as answer:
            return web.Response(body=await answer.read(), status=answer.status)

    async def _deliver(self, request: web.Request) -> web.Response:
        assert self._session is not None
        body = await request.read()
        headers = {"Content-Type": "application/json"}
        if SECRET_HEADER in request.headers:
            headers[SECRET_HEADER] = request.headers[SECRET_HEADER]
        try:
            async with self._session.post(self._hook, data=body, headers=headers) as answer:
                content, status = await answer.read(), answer.status
        except ClientError:
            content, status = b"", 502
        self._tell(Delivery(json.loads(body), status))
        return web.Response(body=content, status=status)

    def _tell(self, happened: Exchange | Delivery) -> None:
        for listener in self.listeners:
            listener(happened)


def _headers(request: web.Request) -> dict[str, str]:
    kind = request.headers.get("Content-Type")
    return {"Content-Type": kind} if kind else {}


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=502)
