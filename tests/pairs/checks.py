"""What is asked of one pair: both ways to migrate give one database."""

import difflib
import re

import alembic_side


class Failed(Exception):
    pass


class Checks:
    """`make` gives an empty database of the pair's dialect by name; `starts` keeps what
    databases hold after a setup, for pairs to come that have the same."""

    def __init__(self, project, make, pair, starts):
        self.project = project
        self.pair = pair
        self.make = make
        self.starts = starts
        self.databases = []

    def run(self):
        try:
            if self.pair.has("refused"):
                self.both_refuse()
            else:
                self.same_database()
        finally:
            for database in self.databases:
                database.drop()

    def database(self, name):
        database = self.make(name)
        self.databases.append(database)
        database.execute(self.pair.text("setup"))
        return database

    def same_database(self):
        online = self.database("online")
        start = None if self.pair.has("one way") else self.start(online)
        self.revise(online, "upgrade", self.pair.revision)
        reached = online.dump()
        other = self.database("other")
        self.migrate_otherwise(other)
        same(renamed(other.dump()), renamed(reached), "Alembic", "revise")
        if not self.pair.has("online only"):
            self.offline_is_the_same(reached)
        if start is not None:
            self.revise(online, "downgrade", "base")
            same(unquoted(start), unquoted(online.dump()), "before", "after up and down")

    def start(self, database):
        key = (self.pair.dialect, self.pair.text("setup"))
        if key not in self.starts:
            self.starts[key] = database.dump()
        return self.starts[key]

    def offline_is_the_same(self, reached):
        script = self.revise(None, "upgrade", self.pair.revision, "--sql")
        offline = self.database("offline")
        done = offline.run_script(script)
        if done.returncode != 0:
            raise Failed(f"the script fails: {done.stderr}\n{script}")
        same(reached, offline.dump(), "revise online", "revise offline")

    def both_refuse(self):
        database = self.database("online")
        done = self.project.run(database.url, "upgrade", self.pair.revision)
        told = one_line(done.stderr)
        if done.returncode != 1 or one_line(self.pair.text("refused")) not in told:
            raise Failed(f"expected a refusal, exit status {done.returncode}:\n"
                         f"{done.stderr}")
        if not self.pair.has("alembic"):
            return
        try:
            self.migrate_otherwise(self.database("other"))
        except Exception:
            return
        raise Failed("Alembic does what revise refuses")

    def migrate_otherwise(self, database):
        if self.pair.has("alembic"):
            alembic_side.run(database, self.pair.text("alembic"), self.naming())
        else:
            database.execute(self.pair.text("statements"))
        # After the name of the difference stands what makes up for it.
        database.execute("\n".join(self.pair.text("differs").splitlines()[1:]))

    def naming(self):
        return dict(line.split(" = ", 1) for line in
                    self.pair.text("naming").splitlines() if line)

    def revise(self, database, *arguments):
        url = database.url if database else f"{self.pair.dialect}://"
        done = self.project.run(url, *arguments)
        if done.returncode != 0:
            raise Failed(f"revise {' '.join(arguments)}: {done.stderr}")
        return done.stdout


def one_line(text):
    return re.sub(r"\s+", " ", text).strip()


def renamed(dump):
    """A table that was made anew bears its name in quotes, one that was not does not."""
    return re.sub(r'CREATE TABLE "(\w+)"', r"CREATE TABLE \1", dump)


def unquoted(dump):
    """SQLite's own ALTER TABLE ... RENAME writes the new name in quotes."""
    return re.sub(r'"(\w+)"', r"\1", dump)


def same(left, right, left_name, right_name):
    if left != right:
        raise Failed("".join(difflib.unified_diff(
            left.splitlines(True), right.splitlines(True), left_name, right_name, n=2)))
