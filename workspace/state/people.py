"""The people and bots of the workspace, and how the Web API shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workspace.state.errors import Json, SlackError

COLOURS = [
    "9f69e7",
    "4bbe2e",
    "e7392d",
    "3c989f",
    "674b1b",
    "e96699",
    "e0a729",
    "684b6c",
    "5b89d5",
    "2b6836",
    "99a949",
    "df3dc0",
]
LABELS = {
    "CET": "Central European Time",
    "CEST": "Central European Summer Time",
    "GMT": "Greenwich Mean Time",
    "BST": "British Summer Time",
    "UTC": "Coordinated Universal Time",
}


@dataclass
class Person:
    """One account; a bot is one too."""

    id: str
    name: str
    real_name: str
    display_name: str
    email: str | None
    tz: str
    locale: str
    colour: str
    updated: int
    admin: bool = False
    guest: bool = False
    team_id: str | None = None  # the workspace of the account, when it is another than ours
    enterprise_id: str | None = None  # the Enterprise Grid that the workspace of the account belongs to
    stranger: bool = False  # of another organisation, and in no channel that the app can see
    is_bot: bool = False
    deleted: bool = False
    active: bool = True  # an inactive person is not shown ephemeral messages
    bot_id: str | None = None
    app_id: str | None = None

    @property
    def shown_name(self) -> str:
        return self.display_name or self.real_name or self.name

    @property
    def initials(self) -> str:
        words = [word for word in self.real_name.split() if word[:1].isalpha()] or [self.name]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


class People:
    """All accounts by id, with a second index by e-mail."""

    def __init__(self) -> None:
        self.by_id: dict[str, Person] = {}
        self._by_email: dict[str, str] = {}

    def add(self, person: Person) -> None:
        if person.email:
            key = person.email.lower()
            if key in self._by_email:
                raise SlackError("already_in_team", detail=person.email)
            self._by_email[key] = person.id
        self.by_id[person.id] = person

    def get(self, person_id: str, code: str = "user_not_found") -> Person:
        try:
            return self.by_id[person_id]
        except KeyError:
            raise SlackError(code) from None

    def with_email(self, email: str) -> Person:
        """Slack does not find deactivated people by e-mail."""
        found = self.by_id.get(self._by_email.get(email.strip().lower(), ""))
        if found is None or found.deleted:
            raise SlackError("users_not_found")
        return found


def user_shape(person: Person, team_id: str, now: datetime, *, email: bool = True, locale: bool = False) -> Json:
    """A user object as users.info gives it to an app of `team_id`; zone offset as of `now`.

    Somebody from another organisation has its `team_id`. `is_stranger` is true only for those of them who are in no
    channel that the app can see, so that it says nothing of those whom an app meets.
    """
    team_id = person.team_id or team_id
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    shape: Json = {
        "id": person.id,
        "team_id": team_id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.colour,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": LABELS.get(local.tzname() or "", person.tz),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(person, team_id, email=email),
        "enterprise_user": _enterprise_user(person, team_id),
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_email_confirmed": not person.is_bot,
        "is_stranger": person.stranger,
        "who_can_share_contact_card": "EVERYONE",
        "updated": person.updated,
    }
    if not person.stranger:
        del shape["is_stranger"]
    if not person.enterprise_id:
        del shape["enterprise_user"]
    if person.deleted:  # Slack leaves roles and zone out for deactivated accounts
        for key in ("tz", "tz_label", "tz_offset", "is_admin", "is_owner", "is_primary_owner", "is_restricted"):
            del shape[key]
    if locale:
        shape["locale"] = person.locale
    return shape


def _enterprise_user(person: Person, team_id: str) -> Json:
    return {
        "id": person.id,
        "enterprise_id": person.enterprise_id,
        "enterprise_name": "",
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "teams": [team_id],
    }


def _profile(person: Person, team_id: str, *, email: bool) -> Json:
    digest = hashlib.sha256(person.id.encode()).hexdigest()[:12]
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": digest,
        "first_name": first,
        "last_name": last,
        "team": team_id,
    }
    for size in (24, 32, 48, 72, 192, 512):
        profile[f"image_{size}"] = f"https://avatars.slack-edge.com/{digest}_{size}.png"
    if email and person.email:
        profile["email"] = person.email
    if person.is_bot:
        profile |= {"api_app_id": person.app_id, "bot_id": person.bot_id, "always_active": True}
    return profile
