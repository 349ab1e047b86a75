"""The declarative base and the column shapes that all tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

from storage.tables.types import Id, Moment, Word
from storage.words import WORDS

Key = Annotated[int, mapped_column(Id, primary_key=True)]
Short = Annotated[str, mapped_column(String(64))]
Line = Annotated[str, mapped_column(String(255))]


class Base(DeclarativeBase):
    """Every table. Named constraints, so that migrations can find them again on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment, int: Id, dict[str, Any]: JSON, list[Any]: JSON} | {
        words: Word(words) for words in WORDS
    }
