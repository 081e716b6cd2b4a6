"""The PostgreSQL server that the pairs run on: one of their own in a temporary folder,
or the one whose URL stands in REVISE_TEST_POSTGRESQL, where databases may be created.
"""

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from urllib.parse import parse_qsl, urlsplit

import psycopg2

# In memory: a database is a copy of hundreds of files.
FAST = "/dev/shm"
SETTINGS = ["fsync=off", "full_page_writes=off", "autovacuum=off",
            "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0", "jit=off"]


def as_server_user(command):
    """A server refuses to run as root, which a build in a container is."""
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "QUIT"] + command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups",
            "--pdeathsig", "QUIT"] + command


class Server:
    """Started by `with`; gives `connection`, libpq's parameters but for the database."""

    def __enter__(self):
        self.folder = None
        given = os.environ.get("REVISE_TEST_POSTGRESQL")
        if given:
            self.connection = parameters_of(given)
        else:
            self.start()
        return self

    def __exit__(self, *_):
        if self.folder:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            shutil.rmtree(self.folder)

    def start(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise SystemExit("no PostgreSQL server is installed (Debian: postgresql)")
        self.folder = tempfile.mkdtemp(prefix="revise-pairs.", dir=FAST if os.access(FAST, os.W_OK) else None)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        data = f"{self.folder}/data"
        subprocess.run(as_server_user([f"{programs[-1]}/initdb", "-D", data, "-U", "revise",
                                       "-A", "trust", "--no-sync", "-E", "UTF8",
                                       "--locale=C.UTF-8"]),
                       check=True, stdout=subprocess.DEVNULL, cwd=self.folder)
        settings = [word for setting in SETTINGS for word in ("-c", setting)]
        self.process = subprocess.Popen(
            as_server_user([f"{programs[-1]}/postgres", "-D", data, "-k", self.folder,
                            "-h", ""] + settings),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
        self.connection = {"host": self.folder, "user": "revise"}
        self.wait_until_open()

    def wait_until_open(self):
        limit = time.monotonic() + 30
        while True:
            try:
                psycopg2.connect(dbname="postgres", **self.connection).close()
                return
            except psycopg2.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > limit:
                    raise SystemExit(f"the server does not come up: {error}")
            time.sleep(0.02)


def parameters_of(url):
    """libpq's parameters of a URL such as SQLAlchemy takes, without its database."""
    parts = urlsplit(url)
    found = {"host": parts.hostname, "port": parts.port, "user": parts.username,
             "password": parts.password}
    found.update(parse_qsl(parts.query))
    return {name: str(value) for name, value in found.items() if value is not None}
