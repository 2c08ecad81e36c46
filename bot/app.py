"""The composition root: wires the rooms into one running bot process."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Protocol

import structlog
from redis.exceptions import RedisError
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes

from bot import internal, organisation, retention
from bot.answers.faults import BrokenLibraryError
from bot.answers.watch import LibraryHolder
from bot.catalogs import CatalogError, Catalogs
from bot.clock import Clock
from bot.language.tags import Locale
from bot.library import first_edition, refresh
from bot.settings import Role, Settings
from bot.store.consumer import backoff
from bot.store.keys import DAY
from bot.store.store import Store, open_store
from bot.telegram.asked import Asked
from bot.telegram.conversation import Conversation
from bot.telegram.desk.cases import erasing
from bot.telegram.desk.no_desk import NoDesk
from bot.telegram.desk.set_up import DeskParts, make_desk, set_up
from bot.telegram.desk.staff.console_link import register_console
from bot.telegram.desk.upkeep.gauges import CaseGauges
from bot.telegram.desk.upkeep.members import GroupMembers
from bot.telegram.desk.upkeep.menu import publish_menus
from bot.telegram.desk.upkeep.rights import RightsCheck
from bot.telegram.desk.upkeep.staff_file import StaffFileError, load_groups
from bot.telegram.handlers import register
from bot.telegram.handlers.context import HelplineApplication, TurnContext, handling
from bot.telegram.metrics import Metrics
from bot.telegram.polling import Polling, TokenRefusedError
from bot.telegram.profile import profiles
from bot.telegram.publish import publish
from bot.telegram.render import phrases
from bot.telegram.reports import keep_reports
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import Sender
from bot.telegram.webhook import Webhook
from bot.telegram.worker import Hooks, Worker
from bot.understanding.client import Classifier
from bot.understanding.danger_files import load_lexicon
from bot.understanding.files import DataFileError
from bot.understanding.places import Atlas, load_atlas
from bot.understanding.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from aiohttp import web
    from telegram import Bot, Update
    from telegram.request import BaseRequest

    from bot.store.reports import Reported
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.turn import Turn

LIBRARY_CHECK_SECONDS = 2.0
"""How soon an edited answer is in service."""

CLASSIFIER_CHECK_SECONDS = 0.5

_log = structlog.get_logger()


class CannotServeError(Exception):
    """Something without which the bot cannot work; the text says what to do."""


_FINAL = (TokenRefusedError, BrokenLibraryError, CatalogError, DataFileError, StaffFileError)
"""Faults that no restart mends, each with a sentence that says what to do."""


class _Role(Protocol):
    """A part that runs until it is asked to stop, and then finishes what it has in hand."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


async def main(settings: Settings) -> None:
    """Runs the bot process until SIGTERM or SIGINT, then ends in order.

    Raises:
        CannotServeError: with one sentence per fault.
    """
    try:
        await _main(settings)
    except _FINAL as fault:
        raise CannotServeError(str(fault)) from None
    except ExceptionGroup as group:  # one role ended while others ran
        final, others = group.split(_FINAL)
        if final is None or others is not None:
            raise
        raise CannotServeError("\n".join(map(str, _leaves(final)))) from None


async def reports(settings: Settings) -> tuple[Reported, ...]:
    """Which numbers people say are wrong, the most often reported first."""
    store = await open_store(settings.store_url, settings.key_prefix, settings.shards)
    try:
        return await store.reports.all()
    finally:
        await store.close()


async def forget(settings: Settings, chat_id: int) -> None:
    """Erases everything kept about a person; the staff of their cases are told, as by /forget."""
    store = await open_store(settings.store_url, settings.key_prefix, settings.shards)
    try:
        erased = await store.forget(chat_id)
        if not erased:
            return
        try:
            desk = _lone_desk(settings, store)
        except _FINAL as fault:  # erased all the same
            _log.warning("staff_not_told", cases=len(erased), cause=type(fault).__name__)
            return
        if desk is not None:
            await erasing.tell_later(desk, store.outbox, erased)
    finally:
        await store.close()


def _lone_desk(settings: Settings, store: Store) -> Desk | None:
    """The desk outside of the running bot; None where no staff group is set."""
    groups = load_groups(
        settings.staff_path,
        sandbox=settings.uses_sandbox,
        required=settings.staff_file is not None,
    )
    if groups is None:
        return None
    clock = Clock(settings.clock_file if settings.uses_sandbox else None)
    holder = LibraryHolder(settings.answers_dir, values=retention.variables(settings))
    atlas = load_atlas(settings.nlu_data_dir / "places.yml")
    conversation = Conversation(
        lambda: holder.library,
        Catalogs(settings.locales_dir),
        _city_names(atlas),
        settings.thresholds,
        clock.today,
    )
    return make_desk(store, groups, clock, conversation)


async def _main(settings: Settings) -> None:
    if organisation.is_unnamed(settings):
        _log.warning("operator_unnamed", set_in_env="OPERATOR_NAME")
    async with AsyncExitStack() as stack:
        clock = Clock(settings.clock_file if settings.uses_sandbox else None)
        catalogs = Catalogs(settings.locales_dir)
        atlas = load_atlas(settings.nlu_data_dir / "places.yml")
        lexicon = load_lexicon(settings.nlu_data_dir / "danger")
        groups = load_groups(
            settings.staff_path,
            sandbox=settings.uses_sandbox,
            required=settings.staff_file is not None,
        )
        ttl = settings.session_days * DAY
        store = await open_store(
            settings.store_url, settings.key_prefix, settings.shards, session_ttl=ttl
        )
        stack.push_async_callback(store.close)
        holder = LibraryHolder(
            settings.answers_dir,
            values=retention.variables(settings),
            edition=await first_edition(store.editions),
        )
        classifier = await stack.enter_async_context(
            Classifier(settings.classifier_url, settings.nlu_token, settings.nlu_timeout)
        )
        conversation = Conversation(
            lambda: holder.library,
            catalogs,
            _city_names(atlas),
            settings.thresholds,
            clock.today,
        )
        asked = conversation.asked = Asked(store.counts)
        application = build_application(settings, AiohttpRequest(), AiohttpRequest())
        reader = Reader(classifier, lexicon, atlas)
        if groups is None:
            parts = None
            conversation.beyond = NoDesk(store.cases)
            register(application, conversation, reader)
        else:
            desk = make_desk(store, groups, clock, conversation)
            members = GroupMembers(application.bot)
            register_console(application, desk, store.console, settings.console_address)
            parts = set_up(application, conversation, reader, desk, members, store)
        await _connect(application, stack)
        bot = application.bot
        await publish(bot, profiles(catalogs), store.redis, store.keys.profile())
        if parts is not None and Role.WORKER in settings.roles:
            await RightsCheck(bot, parts.desk, store.redis, store.keys).all()
            await publish_menus(bot, parts.desk, store.redis, store.keys)
        metrics = Metrics()
        hooks = _hooks(application, conversation, store, metrics, parts)
        roles = _roles(settings, store, bot, hooks, metrics)
        if parts is not None and Role.WORKER in settings.roles:
            roles += (parts.timekeeper, CaseGauges(parts.desk, metrics))
        checks = {"store": _redis_check(store), "classifier?": classifier.is_up}
        runner = await _serve_internal(settings, checks)
        stack.push_async_callback(runner.cleanup)
        watches = [_watch_library(holder, store), _announce(classifier), asked.watch()]
        await _run(settings, roles, watches)


def build_application(
    settings: Settings, request: BaseRequest, updates_request: BaseRequest
) -> HelplineApplication:
    """python-telegram-bot's application, used for its handlers only: no updater, no jobs.

    Args:
        settings: of this process.
        request: makes the calls; any of python-telegram-bot's request classes will do.
        updates_request: makes the long polls.
    """
    application: HelplineApplication = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(request)
        .get_updates_request(updates_request)
        .context_types(ContextTypes(context=TurnContext))
        .updater(None)
        .job_queue(None)
        .build()
    )
    return application


async def _connect(application: HelplineApplication, stack: AsyncExitStack) -> None:
    """Waits for Telegram, which may be away at the start; a refused token is final."""
    tries = 0
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            tries += 1
            _log.warning("telegram_away", error=type(error).__name__, tries=tries)
            await asyncio.sleep(backoff(tries))
        else:
            stack.push_async_callback(application.shutdown)
            return


def _hooks(
    application: HelplineApplication,
    conversation: Conversation,
    store: Store,
    metrics: Metrics,
    parts: DeskParts | None,
) -> Hooks:
    async def handle(update: Update, turn: Turn) -> None:
        with handling(turn):
            await application.process_update(update)
        await keep_reports(turn, store.reports, metrics)

    def apologise(turn: Turn) -> None:
        if turn.chat_id is not None and turn.chat_id > 0:
            drawn = phrases.apology(conversation.context(turn.session.locale))
            conversation.say(turn, turn.chat_id, drawn)

    return Hooks(
        handle,
        on_failure=apologise,
        on_unknown=apologise,
        on_signal=None if parts is None else parts.signals.handle,
    )


def _roles(
    settings: Settings, store: Store, bot: Bot, hooks: Hooks, metrics: Metrics
) -> list[_Role]:
    roles: list[_Role] = []
    if Role.RECEIVER in settings.roles:
        if settings.webhook_url:
            hook = Webhook(
                store.inbox,
                bot,
                metrics,
                url=settings.webhook_url,
                secret=settings.webhook_secret,
                host=settings.webhook_host,
                port=settings.webhook_port,
            )
            roles.append(hook)
        else:
            roles.append(Polling(store.inbox, bot, metrics))
    if Role.WORKER in settings.roles:
        roles.append(Worker(store, bot, hooks, metrics))
    if Role.SENDER in settings.roles:
        roles.append(Sender(store, bot, metrics))
    return roles


async def _run(
    settings: Settings, roles: list[_Role], watching: list[Coroutine[object, object, None]]
) -> None:
    """Runs the roles, and what watches beside them, until a signal comes or one of them fails."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with asyncio.TaskGroup() as group:
        for role in roles:
            group.create_task(role.run())
        watches = [group.create_task(watch) for watch in watching]
        _log.info("ready", roles=[role.value for role in settings.roles])
        try:
            await stopping.wait()
            _log.info("stopping")  # fails where nobody reads any more: the runner was killed
        finally:
            # Asked as well where a failure has the group cancel them: a cancellation can be lost in
            # a library that waits (see ``store.consumer``), a flag cannot.
            for watch in watches:
                watch.cancel()
            for role in roles:
                role.stop()


async def _announce(classifier: Classifier) -> None:
    """Says when free text is understood: the classifier takes longer to start than the bot."""
    while not await classifier.is_up():  # noqa: ASYNC110 - it is another process
        await asyncio.sleep(CLASSIFIER_CHECK_SECONDS)
    _log.info("classifier_ready")


async def _watch_library(holder: LibraryHolder, store: Store) -> None:
    while True:
        await asyncio.sleep(LIBRARY_CHECK_SECONDS)
        await refresh(holder, store.editions)


def _leaves(error: Exception) -> Iterator[Exception]:
    """The single errors of a group of groups."""
    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _city_names(atlas: Atlas) -> dict[Locale, dict[str, str]]:
    return {
        locale: {key: city.names[locale] for key, city in atlas.cities.items()} for locale in Locale
    }


def _redis_check(store: Store) -> internal.Check:
    async def works() -> bool:
        try:
            return bool(await store.redis.ping())
        except RedisError:
            return False

    return works


async def _serve_internal(settings: Settings, checks: dict[str, internal.Check]) -> web.AppRunner:
    app = internal.internal_app(checks)
    try:
        return await internal.serve(app, settings.internal_host, settings.internal_port)
    except OSError:
        raise CannotServeError(
            f"Port {settings.internal_port} is taken: set INTERNAL_PORT in .env to another one."
        ) from None
