"""Asking Slack who somebody is. Network, so never inside a unit of work."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from cluster.members.members import Person
from cluster.members.organisations import OURS, Home

_PAGE = 200


async def our_user_id(slack: AsyncWebClient) -> str:
    """The bot's own user id."""
    return str((await slack.auth_test())["user_id"])


async def are_we_in(slack: AsyncWebClient, channel_id: str) -> bool:
    """Whether the bot is a member of a channel. One that Slack does not show us is one we are not in."""
    try:
        found = (await slack.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if error.response.get("error") in {"channel_not_found", "not_in_channel", "missing_scope"}:
            return False
        raise
    return bool(found.get("is_member"))


async def home_of(slack: AsyncWebClient) -> Home:
    """The organisation that the bot is installed in."""
    told = await slack.auth_test()
    return Home(str(told["team_id"]), str(told.get("enterprise_id") or ""))


async def fetch_person(slack: AsyncWebClient, home: Home, user_id: str) -> Person | None:
    """Who a Slack user is; None when Slack does not know them."""
    user = await fetch_user(slack, user_id)
    return as_person(user, home) if user is not None else None


async def fetch_user(slack: AsyncWebClient, user_id: str) -> dict[str, Any] | None:
    """Slack's description of a user; None when Slack does not know them."""
    try:
        answer = await slack.users_info(user=user_id)
    except SlackApiError as error:
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            return None
        raise
    found: dict[str, Any] = answer["user"]
    return found


async def fetch_everyone(slack: AsyncWebClient, home: Home) -> list[Person]:
    """Everybody in the workspace, page by page."""
    found: list[Person] = []
    cursor = ""
    while True:
        answer = await slack.users_list(limit=_PAGE, cursor=cursor)
        found += [as_person(user, home) for user in answer["members"]]
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return found


async def fetch_inviter(slack: AsyncWebClient, home: Home, channel_id: str, inviter: str) -> Person | None:
    """Who brought us into a channel: the inviter, else the one who made the channel."""
    if not inviter:
        try:
            inviter = str((await slack.conversations_info(channel=channel_id))["channel"].get("creator") or "")
        except SlackApiError:
            return None
    return await fetch_person(slack, home, inviter) if inviter else None


def as_person(user: dict[str, Any], home: Home) -> Person:
    """Slack's description of a user, as far as a cluster needs it."""
    profile = user.get("profile") or {}
    team_id, enterprise_id = belongs_to(user)
    organisation = home.organisation(team_id, enterprise_id)
    is_bot = bool(user.get("is_bot")) or user["id"] == "USLACKBOT"
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or user.get("name") or ""
    return Person(
        user_id=str(user["id"]),
        name=str(name),
        email=profile.get("email") or None,
        gone=bool(user.get("deleted")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        outsider=is_bot or organisation != OURS or bool(user.get("is_stranger")),
        organisation=organisation,
        is_bot=is_bot,
    )


def organisations(user: dict[str, Any]) -> set[str]:
    """Every workspace and enterprise that an account is part of."""
    teams = (user.get("enterprise_user") or {}).get("teams") or user.get("teams") or []
    return {*belongs_to(user), *(str(team) for team in teams)} - {""}


def belongs_to(user: dict[str, Any]) -> tuple[str, str]:
    """The workspace and the enterprise that Slack names for a user; an enterprise's id may stand for the workspace."""
    enterprise_id = (user.get("enterprise_user") or {}).get("enterprise_id") or user.get("enterprise_id")
    return str(user.get("team_id") or (user.get("profile") or {}).get("team") or ""), str(enterprise_id or "")
