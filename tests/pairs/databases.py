"""Empty databases for the pairs, and what is in them as comparable text."""

import os
import re
import sqlite3
import subprocess

import psycopg2
import sqlalchemy

VERSION_TABLE = "alembic_version"

# Literals and quoted names stand for themselves; the white space between the rest does
# not count, beside a bracket or a comma not even whether there is any.
TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^]]*\]|\s+|[(),]|"
                   r"[^\s'\"`\[(),]+")


def squeezed(sql):
    tokens = [" " if token.isspace() else token for token in TOKEN.findall(sql or "")]
    tokens = [f'"{token[1:-1]}"' if token[0] in "[`" else token for token in tokens]
    kept = []
    for place, token in enumerate(tokens):
        beside = tokens[max(place - 1, 0)] + tokens[min(place + 1, len(tokens) - 1)]
        if token != " " or not set("(),") & set(beside):
            kept.append(token)
    return "".join(kept).strip()


class SqliteDatabase:
    def __init__(self, folder, name):
        self.file = os.path.join(folder, f"{name}.sqlite")
        self.url = f"sqlite:///{self.file}"
        self.execute("")

    def drop(self):
        for name in (self.file, self.file + "-journal", self.file + "-wal"):
            if os.path.exists(name):
                os.remove(name)

    def execute(self, sql):
        connection = sqlite3.connect(self.file)
        connection.executescript(sql)
        connection.commit()
        connection.close()

    def run_script(self, script):
        return subprocess.run(["sqlite3", "-batch", self.file], input=script, text=True,
                              capture_output=True)

    def engine(self):
        return sqlalchemy.create_engine(self.url)

    def dump(self):
        connection = sqlite3.connect(self.file)
        try:
            return "\n".join(self.lines(connection)) + "\n"
        finally:
            connection.close()

    def lines(self, connection):
        schema = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema "
            f"WHERE tbl_name NOT IN ('{VERSION_TABLE}', 'sqlite_sequence') "
            "ORDER BY type, name").fetchall()
        for kind, name, table, sql in schema:
            yield f"{kind} {name} on {table}: {squeezed(sql)}"
        for kind, name, _, _ in schema:
            if kind not in ("table", "view"):
                continue
            for pragma in ("table_xinfo", "index_list", "foreign_key_list"):
                yield from self.pragma(connection, pragma, name)
            if kind == "table":
                for row in connection.execute(f'SELECT * FROM {quoted(name)}'):
                    yield f"row of {name}: {row!r}"
        for _, index, _, _ in (row for row in schema if row[0] == "index"):
            yield from self.pragma(connection, "index_xinfo", index)
        # SQLite keeps the table of counters, once there, for good.
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'"
                              ).fetchone():
            for row in connection.execute("SELECT * FROM sqlite_sequence ORDER BY name"):
                yield f"counter: {row!r}"

    def pragma(self, connection, pragma, name):
        rows = connection.execute(f"PRAGMA {pragma}({quoted(name)})").fetchall()
        # Alembic makes a table's indexes in the order of a Python set.
        if pragma == "index_list":
            rows = sorted(row[1:] for row in rows)
        for row in rows:
            row = [squeezed(cell) if isinstance(cell, str) else cell for cell in row]
            yield f"{pragma} of {name}: {row!r}"


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class PostgresqlDatabase:
    """In the server that `parameters` lead to, over `administration`, a connection to
    another database there."""

    def __init__(self, administration, parameters, name):
        self.administration = administration
        self.name = name
        self.parameters = {**parameters, "dbname": name}
        rest = {key: value for key, value in parameters.items() if key != "password"}
        query = "&".join(f"{key}={value}" for key, value in rest.items())
        self.url = f"postgresql:///{name}?{query}"
        self.environment = dict(os.environ)
        if "password" in parameters:
            self.environment["PGPASSWORD"] = parameters["password"]
        self.command(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY FILE_COPY")

    def drop(self):
        self.command(f"DROP DATABASE {self.name} WITH (FORCE)")

    def command(self, sql):
        with self.administration.cursor() as cursor:
            cursor.execute(sql)

    def execute(self, sql):
        if not sql.strip():
            return
        connection = psycopg2.connect(**self.parameters)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
        finally:
            connection.close()

    def run_script(self, script):
        return subprocess.run(
            ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", self.conninfo(), "-f", "-"],
            input=script, text=True, capture_output=True, env=self.environment)

    def engine(self):
        return sqlalchemy.create_engine(
            "postgresql+psycopg2://",
            creator=lambda: psycopg2.connect(**self.parameters))

    def conninfo(self):
        return " ".join(f"{key}='{value}'" for key, value in self.parameters.items()
                        if key != "password")

    def dump(self):
        done = subprocess.run(["pg_dump", "-d", self.conninfo(), "-T", VERSION_TABLE],
                              text=True, capture_output=True, env=self.environment)
        if done.returncode != 0:
            raise RuntimeError(f"pg_dump: {done.stderr}")
        # A token that pg_dump makes up anew each time stands after \restrict.
        return "".join(line + "\n" for line in done.stdout.splitlines()
                       if line and not re.match(r"--|\\(un)?restrict ", line))
