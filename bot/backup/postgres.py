"""Copies of a PostgreSQL database, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from sqlalchemy import URL

from bot.backup.error import BackupError

SSL = {"ssl": "sslmode"}
"""What asyncpg and PostgreSQL's programs call differently."""
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
LEAVING = (0, 0.2, 0.5, 1)
"""Seconds between looks at who is connected."""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
EMPTY_IT = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', name);
  END LOOP;
END $$
"""


class PostgresCopies:
    """Of the database that the address names. The password goes by the environment, where no other user sees it."""

    def __init__(self, url: URL, programs: Path | None) -> None:
        self._programs = programs
        self._password = url.password
        query = {SSL.get(name, name): value for name, value in url.query.items()}
        plain = url.set(drivername="postgresql", query=query)
        self._address = URL.create(
            "postgresql", plain.username, None, plain.host, plain.port, plain.database, plain.query
        ).render_as_string()

    def take(self, file: Path) -> None:
        """A snapshot in PostgreSQL's own format, readable by its owner only."""
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}", self._address)

    def revision_in(self, file: Path) -> str:
        """The revision of a backup's tables; BackupError when the file cannot be read through."""
        if not file.is_file():
            raise BackupError(f"There is no file {file}.")
        self._run("pg_restore", "--file=/dev/null", str(file))
        said = self._run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
        rows = said.partition("FROM stdin;\n")[2].partition("\n\\.")[0]
        if not rows:
            raise BackupError(f"{file} is no backup of Klyngebot.")
        return rows.strip()

    def is_empty(self) -> bool:
        """Whether there are no tables."""
        return self._ask(TABLES) == "0"

    def is_in_use(self) -> bool:
        """Whether anybody else is connected and stays so: the server notices a moment later that somebody has left."""
        for pause in LEAVING:
            time.sleep(pause)
            if self._ask(OTHERS) == "0":
                return False
        return True

    def put_back(self, file: Path) -> None:
        """Take the place of what is there: all tables go, then the backup comes, whole or not at all."""
        self._ask(EMPTY_IT)
        plain = ("--no-owner", "--no-privileges", "--single-transaction")
        self._run("pg_restore", *plain, f"--dbname={self._address}", str(file))

    def _ask(self, question: str) -> str:
        return self._run("psql", "--no-psqlrc", "--tuples-only", "--no-align", f"--command={question}", self._address)

    def _run(self, name: str, *words: str) -> str:
        program = shutil.which(name, path=self._programs)
        if program is None:
            raise BackupError(
                f"{name} is needed: install PostgreSQL's client programs, or name their folder (--programs)."
            )
        secret = {"PGPASSWORD": self._password} if self._password else {}
        done = subprocess.run(  # noqa: S603 - our own words to PostgreSQL's own program
            [program, *words], env=secret, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(f"{name}: {done.stderr.strip() or 'failed'}")
        return done.stdout.strip() if name == "psql" else done.stdout
