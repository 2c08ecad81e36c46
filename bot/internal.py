"""The internal port: is the process alive, is it ready, how is it doing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], Awaitable[bool]]
"""Whether a part works; never raises."""


def internal_app(checks: dict[str, Check]) -> web.Application:
    """The web application of the internal port.

    ``/healthz`` says that the process runs; ``/readyz`` asks each part, and is 503 if one that the
    helpline cannot do without is away; ``/metrics`` is for Prometheus.

    Args:
        checks: part -> whether it works. A part whose name ends in ``?`` may be away: the helpline
            answers without the classifier, with menus, centres, hotlines and danger cards.
    """
    app = web.Application()

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_: web.Request) -> web.Response:
        results = {name: await check() for name, check in checks.items()}
        ready = all(works for name, works in results.items() if not name.endswith("?"))
        parts = {name.removesuffix("?"): works for name, works in results.items()}
        return web.json_response({"ready": ready, "parts": parts}, status=200 if ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return app


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Starts serving; the caller cleans the runner up.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
