"""Members of groups: who they are, what is done to them, what they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import OWNER, STAFF, STRANGER, group, picture
from tests.fidelity.contract.client import Json
from tests.fidelity.contract.matching import ANY, Holding, Like

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

ALL_RIGHTS = [
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_restrict_members",
    "can_promote_members",
    "can_pin_messages",
    "can_invite_users",
    "can_manage_tags",
]
ONLY_LARGE = "Bad Request: method is available for supergroup and channel chats only"


async def standing(s: Script) -> None:
    """getChatMember for each kind, the administrators, the count."""
    chat = await group(s, bot="administrator", rights=ALL_RIGHTS)
    await s.does("people", id=STRANGER, name="Stranger")
    for who, user, gives in (
        ("the owner", OWNER, {"status": "creator", "is_anonymous": False, "user": {"id": OWNER}}),
        ("a member", STAFF, {"status": "member", "user": {"id": STAFF, "first_name": "Erik"}}),
        ("a stranger", STRANGER, {"status": "left", "user": {"id": STRANGER}}),
        (
            "the bot",
            42,
            {
                "status": "administrator",
                "can_be_edited": False,
                "can_restrict_members": True,
                "can_manage_topics": False,
                "can_post_stories": False,
            },
        ),
    ):
        await s.call(who, "getChatMember", gives=gives, chat_id=chat, user_id=user)
    await s.call(
        "who runs it",
        "getChatAdministrators",
        gives=Holding({"user": {"id": OWNER}}, {"user": {"id": 42}}),
        chat_id=chat,
    )
    await s.call("how many", "getChatMemberCount", gives=3, chat_id=chat)
    await s.call(
        "nobody",
        "getChatMember",
        refused="Bad Request: invalid user_id specified",
        chat_id=chat,
        user_id=0,
    )
    await s.does("members", chat=chat, user=STRANGER, member=STRANGER, status="member")
    await s.hears_all(
        "somebody joins",
        {
            "chat_member": {
                "old_chat_member": {"status": "left"},
                "new_chat_member": {"status": "member", "user": {"id": STRANGER}},
            }
        },
        {"message": {"new_chat_members": [{"id": STRANGER}], "from": {"id": STRANGER}}},
    )
    await s.call("one more", "getChatMemberCount", gives=4, chat_id=chat)


async def discipline(s: Script) -> None:
    """Banned, let in again, restricted; whom the bot cannot touch."""
    chat = await group(s, bot="administrator", rights=ALL_RIGHTS)
    him: Json = {"chat_id": chat, "user_id": STAFF}
    await s.call(
        "he may only read",
        "restrictChatMember",
        gives=True,
        permissions={"can_send_messages": False},
        **him,
    )
    await s.hears(
        "which it hears",
        chat_member={
            "from": {"id": 42},
            "old_chat_member": {"status": "member"},
            "new_chat_member": {
                "status": "restricted",
                "is_member": True,
                "can_send_messages": False,
                "until_date": 0,
            },
        },
    )
    await s.call("he is so", "getChatMember", gives={"status": "restricted"}, **him)
    await s.call("he is banned", "banChatMember", gives=True, **him)
    await s.hears_all(
        "which it hears twice",
        {
            "chat_member": {
                "old_chat_member": {"status": "restricted"},
                "new_chat_member": {"status": "kicked", "until_date": 0},
            }
        },
        {"message": {"left_chat_member": {"id": STAFF}, "from": {"id": 42}}},
    )
    await s.call("he is out", "getChatMember", gives={"status": "kicked"}, **him)
    await s.call("he may come back", "unbanChatMember", gives=True, only_if_banned=True, **him)
    await s.hears(
        "which it hears", chat_member={"new_chat_member": {"status": "left", "user": {"id": STAFF}}}
    )
    await s.call(
        "the owner stays",
        "banChatMember",
        refused="Bad Request: can't remove chat owner",
        chat_id=chat,
        user_id=OWNER,
    )
    await s.call(
        "the bot does not ban itself",
        "banChatMember",
        refused="Bad Request: can't restrict self",
        chat_id=chat,
        user_id=42,
    )
    basic = await group(s, title="Basic", kind="group", bot="administrator")
    await s.call(
        "not in a basic group",
        "restrictChatMember",
        refused="Bad Request: method is available only for supergroups",
        permissions={},
        chat_id=basic,
        user_id=STAFF,
    )
    await s.call("nor unban", "unbanChatMember", refused=ONLY_LARGE, chat_id=basic, user_id=STAFF)


async def promotion(s: Script) -> None:
    """Administrators, their rights and titles."""
    chat = await group(s, bot="administrator", rights=ALL_RIGHTS)
    him: Json = {"chat_id": chat, "user_id": STAFF}
    await s.call(
        "he pins and invites",
        "promoteChatMember",
        gives=True,
        can_pin_messages=True,
        can_invite_users=True,
        **him,
    )
    await s.hears(
        "which it hears",
        chat_member={
            "old_chat_member": {"status": "member"},
            "new_chat_member": {
                "status": "administrator",
                "can_be_edited": True,
                "can_pin_messages": True,
                "can_delete_messages": False,
            },
        },
    )
    await s.call(
        "he has a title",
        "setChatAdministratorCustomTitle",
        gives=True,
        custom_title="Lawyer",
        **him,
    )
    await s.waits_out("perhaps it hears")
    await s.call("which shows", "getChatMember", gives={"custom_title": "Lawyer"}, **him)
    await s.call(
        "he is one of all again", "promoteChatMember", gives=True, can_pin_messages=False, **him
    )
    await s.hears("which it hears", chat_member={"new_chat_member": {"status": "member"}})
    await s.call("he has a tag", "setChatMemberTag", gives=True, tag="Almaty", **him)
    await s.waits_out("perhaps it hears")
    await s.call("which shows", "getChatMember", gives={"status": "member", "tag": "Almaty"}, **him)
    await s.call(
        "no administrator, no title",
        "setChatAdministratorCustomTitle",
        refused="Bad Request: user is not an administrator",
        custom_title="x",
        **him,
    )
    basic = await group(s, title="Basic", kind="group", bot="administrator")
    await s.call(
        "not in a basic group",
        "promoteChatMember",
        refused=ONLY_LARGE,
        chat_id=basic,
        user_id=STAFF,
    )


async def without_rights(s: Script) -> None:
    """What a bot without rights is told."""
    chat = await group(s)
    await s.does("send", chat=chat, user=STAFF, text="/help")
    message = await s.call("a message", "sendMessage", gives={}, chat_id=chat, text="Hello")
    await s.waits_out("perhaps a command")
    view = await s.looks(f"chats/{chat}?after=0")
    theirs = next(m for m in view["messages"] if m.get("text") == "/help")["message_id"]
    for method, words, parameters in (
        (
            "pinChatMessage",
            "not enough rights to manage pinned messages in the chat",
            {"message_id": message["message_id"]},
        ),
        ("deleteMessage", "message can't be deleted", {"message_id": theirs}),
        ("setChatTitle", "not enough rights to change chat title", {"title": "x"}),
        ("setChatDescription", "not enough rights to set chat description", {"description": "x"}),
        (
            "banChatMember",
            "not enough rights to restrict/unrestrict chat member",
            {"user_id": STAFF},
        ),
        (
            "setChatPermissions",
            "not enough rights to change chat permissions",
            {"permissions": {"can_send_messages": True}},
        ),
    ):
        await s.call(
            f"{method} needs a right",
            method,
            refused=f"Bad Request: {words}",
            chat_id=chat,
            **parameters,
        )
    await s.does("groups/change", chat=chat, user=OWNER, permissions=["can_send_messages"])
    await s.waits_out("only texts are allowed")
    await s.call(
        "no pictures",
        "sendPhoto",
        refused="Bad Request: not enough rights to send photos to the chat",
        chat_id=chat,
        photo=picture(),
    )
    await s.call("but texts", "sendMessage", gives={"text": ANY}, chat_id=chat, text="Hello")


async def invitations(s: Script) -> None:
    """Links by which people join."""
    chat = await group(s, bot="administrator", rights=ALL_RIGHTS)
    link = await s.call(
        "a link",
        "createChatInviteLink",
        gives={
            "invite_link": Like(r"https://t\.me/\+\S+"),
            "creator": {"id": 42},
            "is_primary": False,
            "is_revoked": False,
            "creates_join_request": False,
            "name": "For lawyers",
            "member_limit": 5,
        },
        chat_id=chat,
        name="For lawyers",
        member_limit=5,
    )
    address = link["invite_link"]
    await s.does("people", id=STRANGER, name="Stranger")
    await s.does(
        "members", chat=chat, user=STRANGER, member=STRANGER, status="member", invite_link=address
    )
    await s.hears_all(
        "somebody joins by it",
        {
            "chat_member": {
                "new_chat_member": {"status": "member", "user": {"id": STRANGER}},
                "invite_link": {"invite_link": address},
            }
        },
        {"message": {"new_chat_members": [{"id": STRANGER}]}},
    )
    await s.call(
        "another name",
        "editChatInviteLink",
        gives={"name": "For all", "invite_link": address},
        chat_id=chat,
        invite_link=address,
        name="For all",
    )
    await s.call(
        "no link any more",
        "revokeChatInviteLink",
        gives={"is_revoked": True},
        chat_id=chat,
        invite_link=address,
    )
    await s.call(
        "the group's own", "exportChatInviteLink", gives=Like(r"https://t\.me/\S+"), chat_id=chat
    )
    await s.call("is a new one each time", "getChat", gives={"invite_link": ANY}, chat_id=chat)
    plain = await group(s, title="Plain")
    await s.call(
        "not without the right",
        "createChatInviteLink",
        refused="Bad Request: not enough rights to manage chat invite link",
        chat_id=plain,
    )


CHAPTERS = (invitations, standing, discipline, promotion, without_rights)
