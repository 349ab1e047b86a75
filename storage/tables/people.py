"""Tables of who: clusters and their rules, practices, members, consents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.words import Placing, ProposalState, Role, Said


class Cluster(Base):
    """A kvalitetsklynge in one Slack workspace, tied to the channel the bot was invited to."""

    __tablename__ = "cluster"
    __table_args__ = (UniqueConstraint("team_id", "channel_id"),)

    id: Mapped[Key]
    team_id: Mapped[Short]
    channel_id: Mapped[Short]
    name: Mapped[Line] = mapped_column(default="")
    region: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[datetime]
    set_up_at: Mapped[datetime | None]


class Rules(Base):
    """What the cluster has agreed; renegotiated, so versioned: the newest row holds (ORG-13)."""

    __tablename__ = "rules"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", use_alter=True))
    attendance_registered: Mapped[bool] = mapped_column(default=True)
    required_share: Mapped[int] = mapped_column(default=50)
    """Per cent of the year's meetings a member is to attend; 0 is "no rule" (ORG-10)."""
    excused_counts: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether a meeting that a member declined counts in the share all the same (FRE-05)."""
    reminders_from: Mapped[int] = mapped_column(default=8)
    reminders_to: Mapped[int] = mapped_column(default=17)
    """Hours of a Copenhagen workday between which reminders may be sent."""
    preparation_minutes: Mapped[int] = mapped_column(default=60)
    openness: Mapped[Short] = mapped_column(default="closed")
    """closed | letters | chosen | open: the openness ladder of measures.disclosure.privacy."""
    min_practices: Mapped[int] = mapped_column(default=5)
    release_share: Mapped[int] = mapped_column(default=80)
    """Per cent of the practices that must have answered for a release by itself at the deadline."""
    consent_months: Mapped[int] = mapped_column(default=0, server_default="0")
    """How long a practice's consent lasts from the day it is given; 0 is "until it is withdrawn"."""
    more_titles: Mapped[Line] = mapped_column(default="", server_default="")
    """Titles that may consent for a practice besides those of `cluster.members.titles`, with commas between."""
    quiet: Mapped[Line] = mapped_column(default="", server_default="")
    """Weeks and days of a year in which nobody is reminded: ``7, 29-31, 22/12-2/1`` (`cluster.quiet`)."""
    evaluation: Mapped[Short] = mapped_column(default="", server_default="")
    """The grade in which every meeting is evaluated by itself (`storage.words.Grade`); empty: none is."""


class Practice(Base):
    """A practice (ydernummer) of a cluster."""

    __tablename__ = "practice"
    __table_args__ = (UniqueConstraint("cluster_id", "ydernummer"),)

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    ydernummer: Mapped[str] = mapped_column(String(6))
    name: Mapped[Line]
    list_size: Mapped[int | None]
    system: Mapped[Short] = mapped_column(default="")
    """Lægesystem, as a key of measures.packages.systems or free text."""
    context: Mapped[dict[str, Any]] = mapped_column(default=dict)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", use_alter=True))
    """Who answers for the practice unless a round says otherwise."""
    active: Mapped[bool] = mapped_column(default=True)


class Member(Base):
    """A person in a cluster. Works in one practice, or in none (secretary, observer)."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("cluster_id", "slack_user_id"), UniqueConstraint("cluster_id", "email"))

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"), index=True)
    slack_user_id: Mapped[str | None] = mapped_column(String(64), index=True)
    organisation: Mapped[Short] = mapped_column(default="", server_default="")
    """Whose account that is: "" ours, or the id of the other organisation that a coordinator let in."""
    outsider: Mapped[Line] = mapped_column(default="", server_default="")
    """The account of another organisation, as ``organisation:user``, of which coordinators are asked whether it is this
    member."""
    outsider_answer: Mapped[Said] = mapped_column(default=Said.NOTHING, server_default="")
    """What was said of it; never yes, for then it is the member's account."""
    name: Mapped[Line]
    email: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(default=Role.MEMBER)
    title: Mapped[Short] = mapped_column(default="")
    """ejerlæge | ansat læge | uddannelseslæge | personale, as the roster says."""
    language: Mapped[str] = mapped_column(String(2), default="da")
    dm_channel_id: Mapped[str | None] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    """When it was confirmed that the member works in this practice; without a practice, when the welcome was answered.
    A member who moves to another practice is confirmed again."""
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who said so; None is the member."""
    place: Mapped[Placing] = mapped_column(default=Placing.NEW, server_default="")
    """Why the member is not confirmed."""
    placed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Who put the member into the practice; None is whoever runs the bot."""
    away_from: Mapped[datetime | None]
    """When leave begins that is noted before it does; nothing for leave that has begun when it was noted."""
    away_until: Mapped[datetime | None]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """The colleague of the practice who is asked for its numbers while the member is on leave."""
    reminders_from: Mapped[int | None]
    reminders_to: Mapped[int | None]
    """Hours between which the member wants to be reminded, within the cluster's; nothing where those will do."""
    active: Mapped[bool] = mapped_column(default=True)


class Consent(Base):
    """A practice's consent to one kind of data use; withdrawn ones stay as evidence (JUR-01)."""

    __tablename__ = "consent"

    id: Mapped[Key]
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[Short] = mapped_column(default="cluster-comparison")
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id", use_alter=True))
    """For this round only; None for all."""
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class CalendarFeed(Base):
    """An address from which a member's own calendar fetches what is the member's; the address itself is not kept."""

    __tablename__ = "calendar_feed"

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), unique=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Its fingerprint (SHA-256): enough to know the address again, not to find it."""
    made_at: Mapped[datetime]


class PracticeAlias(Base):
    """What a region or a kommune calls a practice, confirmed by a click: known the next time."""

    __tablename__ = "practice_alias"
    __table_args__ = (UniqueConstraint("cluster_id", "alias"),)

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"))
    alias: Mapped[Line]
    """As `measures.reading.headers.normal` writes it."""
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id"), index=True)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime]


class RosterImport(Base):
    """A list of members that has been read and shown, and waits for the coordinator's yes."""

    __tablename__ = "roster_import"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    rows: Mapped[list[Any]]
    created_at: Mapped[datetime]
