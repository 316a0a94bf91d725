"""The conversation API: one function per route, each checks, calls one use case and writes its answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.services.conversations import (
    Reply,
    handle_message,
    history,
    kept_about_person,
    open_conversation,
    rate_answer,
)
from bot.services.leads import erase_conversation
from bot.web.context import web_of
from bot.web.incoming import read_incoming, read_object, read_rating
from bot.web.metrics import Metrics


async def post_conversation(request: Request) -> Response:
    """Opens a conversation: its id, its token, the welcome."""
    web = web_of(request)
    await web.admit(request)
    await read_object(request)
    services = web.services
    opened = await web.work(open_conversation, services.uow_factory, services.brain, services.clock())
    request.state.conversation_id = opened.conversation_id
    web.metrics.count("bot_conversations_total")
    token = web.tokens.sign(opened.conversation_id)
    return JSONResponse({"id": opened.conversation_id, "token": token, "messages": opened.messages}, 201)


async def get_conversation(request: Request) -> Response:
    """What is kept about the person."""
    web = web_of(request)
    await web.admit(request)
    conversation_id = web.conversation_of(request)
    kept = await web.work(kept_about_person, web.services.uow_factory, conversation_id, web.services.clock())
    return JSONResponse(kept)


async def delete_conversation(request: Request) -> Response:
    """Erases the conversation and the lead made in it."""
    web = web_of(request)
    await web.admit(request)
    conversation_id = web.conversation_of(request)
    await web.work(erase_conversation, web.services.uow_factory, conversation_id, web.services.clock())
    return Response(status_code=204)


async def post_message(request: Request) -> Response:
    """Answers one message."""
    web = web_of(request)
    await web.admit(request)
    conversation_id = web.conversation_of(request)
    await web.admit_message(conversation_id)
    incoming = read_incoming(conversation_id, await read_object(request))
    services = web.services
    reply = await web.work(handle_message, services.uow_factory, services.brain, web.locks, incoming, services.clock())
    if reply.is_new:
        _count_turn(web.metrics, reply)
    return JSONResponse({"messages": reply.messages})


async def get_messages(request: Request) -> Response:
    """Everything said, for a page that is opened again."""
    web = web_of(request)
    await web.admit(request)
    conversation_id = web.conversation_of(request)
    messages = await web.work(history, web.services.uow_factory, conversation_id, web.services.clock())
    return JSONResponse({"messages": messages})


async def post_feedback(request: Request) -> Response:
    """Keeps the person's opinion of one answer."""
    web = web_of(request)
    await web.admit(request)
    conversation_id = web.conversation_of(request)
    message_id, helpful = read_rating(await read_object(request))
    await web.work(rate_answer, web.services.uow_factory, conversation_id, message_id, helpful, web.services.clock())
    return Response(status_code=204)


async def get_knowledge(request: Request) -> Response:
    """The facts of the certification, each with its source."""
    web = web_of(request)
    return JSONResponse(dict(await web.work(web.services.knowledge)))


def _count_turn(metrics: Metrics, reply: Reply) -> None:
    metrics.count("bot_turns_total")
    if not reply.is_answered:
        metrics.count("bot_unanswered_total")
    if reply.intent is not None:
        metrics.count("bot_intents_total", reply.intent)
    if reply.verdict is not None:
        metrics.count("bot_verdicts_total", reply.verdict)
