"""The first tables: rooms, people, rounds, predictions, submissions, votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables up."""
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("network", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("round_count", sa.Integer(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.String(length=200), nullable=False),
        sa.Column("recovery_hash", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("beat_started_at", sa.Float(precision=53), nullable=False),
        sa.Column("extra_seconds", sa.Float(precision=53), nullable=False),
        sa.Column("paused_seconds", sa.Float(precision=53), nullable=False),
        sa.Column("paused_at", sa.Float(precision=53), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Float(precision=53), nullable=False),
        sa.Column("touched_at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("code", name=op.f("uq_rooms_code")),
    )
    op.create_index(op.f("ix_rooms_touched_at"), "rooms", ["touched_at"], unique=False)
    op.create_table(
        "wrong_tries",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Float(precision=53), nullable=False),
        sa.Column("at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("kind", "address", name=op.f("pk_wrong_tries")),
    )
    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("weighing", sa.String(length=20), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.Float(precision=53), nullable=False),
        sa.Column("closed_at", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_ballots_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("room_id", "number", name=op.f("uq_ballots_room_id")),
    )
    op.create_index(op.f("ix_ballots_room_id"), "ballots", ["room_id"], unique=False)
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_participants_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("room_id", "name", name=op.f("uq_participants_room_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_participants_token_hash")),
    )
    op.create_index(op.f("ix_participants_room_id"), "participants", ["room_id"], unique=False)
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("revealed_at", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_rounds_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("room_id", "number", name=op.f("uq_rounds_room_id")),
    )
    op.create_index(op.f("ix_rounds_room_id"), "rounds", ["room_id"], unique=False)
    op.create_table(
        "predictions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("seat_hash", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("client_token", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_predictions_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_predictions_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_predictions")),
        sa.UniqueConstraint("round_id", "participant_id", name=op.f("uq_predictions_round_id")),
    )
    op.create_index(op.f("ix_predictions_participant_id"), "predictions", ["participant_id"], unique=False)
    op.create_index(op.f("ix_predictions_round_id"), "predictions", ["round_id"], unique=False)
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("client_token", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_submissions_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_submissions_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("room_id", "round_number", "participant_id", name=op.f("uq_submissions_room_id")),
    )
    op.create_index(op.f("ix_submissions_participant_id"), "submissions", ["participant_id"], unique=False)
    op.create_index(op.f("ix_submissions_room_id"), "submissions", ["room_id"], unique=False)
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("seat_hash", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("cast_at", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=op.f("fk_votes_ballot_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_votes_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("ballot_id", "participant_id", name=op.f("uq_votes_ballot_id")),
    )
    op.create_index(op.f("ix_votes_ballot_id"), "votes", ["ballot_id"], unique=False)
    op.create_index(op.f("ix_votes_participant_id"), "votes", ["participant_id"], unique=False)


def downgrade() -> None:
    """Take them back."""
    op.drop_index(op.f("ix_votes_participant_id"), table_name="votes")
    op.drop_index(op.f("ix_votes_ballot_id"), table_name="votes")
    op.drop_table("votes")
    op.drop_index(op.f("ix_submissions_room_id"), table_name="submissions")
    op.drop_index(op.f("ix_submissions_participant_id"), table_name="submissions")
    op.drop_table("submissions")
    op.drop_index(op.f("ix_predictions_round_id"), table_name="predictions")
    op.drop_index(op.f("ix_predictions_participant_id"), table_name="predictions")
    op.drop_table("predictions")
    op.drop_index(op.f("ix_rounds_room_id"), table_name="rounds")
    op.drop_table("rounds")
    op.drop_index(op.f("ix_participants_room_id"), table_name="participants")
    op.drop_table("participants")
    op.drop_index(op.f("ix_ballots_room_id"), table_name="ballots")
    op.drop_table("ballots")
    op.drop_table("wrong_tries")
    op.drop_index(op.f("ix_rooms_touched_at"), table_name="rooms")
    op.drop_table("rooms")
