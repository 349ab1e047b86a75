"""Tables of when: meetings, invitations and who came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, Line, Short
from storage.tables.types import Word
from storage.words import MeetingState, Rsvp


class Meeting(Base):
    """A klyngemøde. Never deleted: a cancelled one keeps its answers."""

    __tablename__ = "meeting"

    id: Mapped[Key]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)
    kind: Mapped[Short] = mapped_column(default="topic")
    title: Mapped[Line]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    """Where one takes part from a screen; of a meeting that has a place too, an address for those who can't come."""
    with_whom: Mapped[Line] = mapped_column(default="", server_default="")
    """Who receives us at a visit, or whom the cluster meets with, where the kind asks for it."""
    notice_days: Mapped[int | None]
    """How many days ahead an assembly has to be called, as the cluster's own statutes say."""
    seats: Mapped[int | None]
    """How many can be there; nothing where there is room for all."""
    food: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(2000), default="")
    answer_by: Mapped[datetime]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    sequence: Mapped[int] = mapped_column(default=0)
    """Raised at every move or cancellation, for calendars and for telling old reminders from new."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    attendance_closed_at: Mapped[datetime | None]
    was_starts_at: Mapped[datetime | None]
    was_ends_at: Mapped[datetime | None]
    was_place: Mapped[Line] = mapped_column(default="", server_default="")
    was_kind: Mapped[Short] = mapped_column(default="", server_default="")
    """When, where and as what it was to be, as far as people knew before it was last moved; no start: it never was."""
    cancel_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """What everybody invited is told of why it was called off."""


class Invitation(Base):
    """One member's invitation and the newest answer."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    answer: Mapped[Rsvp | None] = mapped_column(Word(Rsvp, 8))
    queue: Mapped[int | None]
    """The order among those who wait for a seat; nothing for anybody else."""
    former_answer: Mapped[Rsvp | None] = mapped_column(Word(Rsvp, 8))
    """What was answered to another weekday, until the new one is answered."""
    eats: Mapped[bool | None]
    """Whether they eat with us; nothing until they say."""
    diet: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """What they cannot eat, until the meeting is over."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Another than the member when somebody answered on the member's behalf."""
    from_poll: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the answer was carried over from a date poll, and nobody has said it of the meeting itself."""
    snoozed_until: Mapped[datetime | None]
    calendar_steps: Mapped[int | None] = mapped_column(default=0)
    """How often an entry was handed out or taken back, in turn; nothing in an invitation of before that was counted.
    Added to the meeting's sequence, so that a calendar heeds each step."""

    @property
    def entry_steps(self) -> int:
        """The same, also for invitations of before: whoever said yes or maybe was handed one."""
        return int(self.answer in {Rsvp.YES, Rsvp.MAYBE}) if self.calendar_steps is None else self.calendar_steps

    @property
    def has_entry(self) -> bool:
        """Whether an entry stands in the member's calendar, as far as we gave one."""
        return self.entry_steps % 2 == 1


class Attendance(Base):
    """Who was there, as the coordinator recorded it."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    present: Mapped[bool]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
