"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.tables.types import Id, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
works_with = "0001"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "card",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("kind", "subject", "lane", name=op.f("uq_card_kind_subject_lane")),
    )
    op.create_table(
        "cluster",
        sa.Column("id", Id, nullable=False),
        sa.Column("team_id", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("region", sa.String(length=255), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("set_up_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
        sa.UniqueConstraint("team_id", "channel_id", name=op.f("uq_cluster_team_id_channel_id")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("source_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("leased_until", Moment, nullable=True),
        sa.Column("attempts", Id, nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("source_id", name=op.f("uq_inbox_source_id")),
    )
    op.create_index(op.f("ix_inbox_person"), "inbox", ["person", "state", "id"], unique=False)
    op.create_index(op.f("ix_inbox_todo"), "inbox", ["state", "id"], unique=False)

    op.create_table(
        "practice",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("ydernummer", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("list_size", Id, nullable=True),
        sa.Column("system", sa.String(length=64), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_practice_cluster_id_cluster")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["member.id"], name=op.f("fk_practice_contact_id_member"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("cluster_id", "ydernummer", name=op.f("uq_practice_cluster_id_ydernummer")),
    )
    op.create_index(op.f("ix_practice_cluster_id"), "practice", ["cluster_id"], unique=False)

    op.create_table(
        "rules",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("attendance_registered", sa.Boolean(), nullable=False),
        sa.Column("required_share", Id, nullable=False),
        sa.Column("reminders_from", Id, nullable=False),
        sa.Column("reminders_to", Id, nullable=False),
        sa.Column("preparation_minutes", Id, nullable=False),
        sa.Column("openness", sa.String(length=64), nullable=False),
        sa.Column("min_practices", Id, nullable=False),
        sa.Column("release_share", Id, nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_rules_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["decided_by"], ["member.id"], name=op.f("fk_rules_decided_by_member"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    op.create_index(op.f("ix_rules_cluster_id"), "rules", ["cluster_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("practice_id", Id, nullable=True),
        sa.Column("slack_user_id", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("dm_channel_id", sa.String(length=64), nullable=True),
        sa.Column("confirmed_at", Moment, nullable=True),
        sa.Column("away_until", Moment, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_member_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_member_practice_id_practice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("cluster_id", "email", name=op.f("uq_member_cluster_id_email")),
        sa.UniqueConstraint("cluster_id", "slack_user_id", name=op.f("uq_member_cluster_id_slack_user_id")),
    )
    op.create_index(op.f("ix_member_cluster_id"), "member", ["cluster_id"], unique=False)
    op.create_index(op.f("ix_member_practice_id"), "member", ["practice_id"], unique=False)
    op.create_index(op.f("ix_member_slack_user_id"), "member", ["slack_user_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("cluster_id", Id, nullable=True),
        sa.Column("actor_id", Id, nullable=True),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["member.id"], name=op.f("fk_audit_actor_id_member")),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_audit_cluster_id_cluster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_cluster_id"), "audit", ["cluster_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", Id, nullable=False),
        sa.Column("practice_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("withdrawn_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id_member")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_consent_practice_id_practice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_practice_id"), "consent", ["practice_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("food", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("answer_by", Moment, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("sequence", Id, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("attendance_closed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_meeting_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["created_by"], ["member.id"], name=op.f("fk_meeting_created_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_cluster_id"), "meeting", ["cluster_id"], unique=False)
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("cluster_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("channel_id", sa.String(length=64), nullable=True),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("urgency", Id, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("next_at", Moment, nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("leased_until", Moment, nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("attempts", Id, nullable=False),
        sa.Column("file_ids", sa.JSON(), nullable=False),
        sa.Column("sent_channel", sa.String(length=64), nullable=True),
        sa.Column("sent_ts", sa.String(length=32), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_outbox_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_outbox_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_lane"), "outbox", ["lane", "state", "urgency", "due_at"], unique=False)
    op.create_index(
        op.f("ix_outbox_leased"),
        "outbox",
        ["lane"],
        unique=False,
        sqlite_where=sa.text("leased_until IS NOT NULL"),
        postgresql_where=sa.text("leased_until IS NOT NULL"),
    )
    op.create_index(op.f("ix_outbox_subject"), "outbox", ["subject", "state"], unique=False)
    op.create_index(op.f("ix_outbox_todo"), "outbox", ["state", "urgency", "due_at", "id"], unique=False)

    op.create_table(
        "roster_import",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_roster_import_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_roster_import_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index(op.f("ix_roster_import_cluster_id"), "roster_import", ["cluster_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("recorded_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attendance_member_id_member")),
        sa.ForeignKeyConstraint(["recorded_by"], ["member.id"], name=op.f("fk_attendance_recorded_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_attendance_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_attendance_member_id"), "attendance", ["member_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("snoozed_until", Moment, nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["member.id"], name=op.f("fk_invitation_answered_by_member")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_invitation_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_invitation_member_id"), "invitation", ["member_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", Id, nullable=False),
        sa.Column("cluster_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=True),
        sa.Column("package_id", sa.String(length=64), nullable=False),
        sa.Column("package_version", sa.String(length=64), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("deadline", Moment, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("openness", sa.String(length=64), nullable=False),
        sa.Column("min_practices", Id, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("released_at", Moment, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_round_cluster_id_cluster")),
        sa.ForeignKeyConstraint(["created_by"], ["member.id"], name=op.f("fk_round_created_by_member")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_round_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index(op.f("ix_round_cluster_id"), "round", ["cluster_id"], unique=False)
    op.create_index(op.f("ix_round_deadline"), "round", ["deadline"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("practice_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("snoozed_until", Moment, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_assignment_member_id_member")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_assignment_practice_id_practice")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("round_id", "practice_id", name=op.f("uq_assignment_round_id_practice_id")),
    )
    op.create_index(op.f("ix_assignment_member_id"), "assignment", ["member_id"], unique=False)
    op.create_index(op.f("ix_assignment_practice_id"), "assignment", ["practice_id"], unique=False)

    op.create_table(
        "pseudonym",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("practice_id", Id, nullable=False),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_pseudonym_practice_id_practice")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_pseudonym_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pseudonym")),
        sa.UniqueConstraint("round_id", "measure_id", "letter", name=op.f("uq_pseudonym_round_id_measure_id_letter")),
        sa.UniqueConstraint(
            "round_id", "measure_id", "practice_id", name=op.f("uq_pseudonym_round_id_measure_id_practice_id")
        ),
    )
    op.create_index(op.f("ix_pseudonym_practice_id"), "pseudonym", ["practice_id"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("submission_ids", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["member.id"], name=op.f("fk_release_created_by_member")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_release_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_release_round_id_number")),
    )
    op.create_table(
        "submission",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("practice_id", Id, nullable=False),
        sa.Column("version", Id, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_submission_member_id_member")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_submission_practice_id_practice")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_submission_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "round_id", "practice_id", "version", name=op.f("uq_submission_round_id_practice_id_version")
        ),
    )
    op.create_index(op.f("ix_submission_practice_id"), "submission", ["practice_id"], unique=False)
    op.create_index(op.f("ix_submission_round_id"), "submission", ["round_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("id", Id, nullable=False),
        sa.Column("submission_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_objection_member_id_member")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_objection_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_submission_id"), "objection", ["submission_id"], unique=False)
    if op.get_bind().dialect.name != "sqlite":  # SQLite has them already: it takes references to tables to come
        op.create_foreign_key(op.f("fk_practice_contact_id_member"), "practice", "member", ["contact_id"], ["id"])
        op.create_foreign_key(op.f("fk_rules_decided_by_member"), "rules", "member", ["decided_by"], ["id"])


def downgrade() -> None:
    """Back to nothing."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("fk_practice_contact_id_member"), "practice")
        op.drop_constraint(op.f("fk_rules_decided_by_member"), "rules")
    for table in (
        "objection",
        "submission",
        "release",
        "pseudonym",
        "assignment",
        "round",
        "invitation",
        "attendance",
        "roster_import",
        "outbox",
        "meeting",
        "consent",
        "audit",
        "member",
        "rules",
        "practice",
        "inbox",
        "cluster",
        "card",
    ):
        op.drop_table(table)
