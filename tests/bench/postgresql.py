"""A PostgreSQL server of the bench's own, its files in memory."""

import glob
import os
import subprocess
import time


class Server:
    def __init__(self, folder):
        self.folder = folder
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.as_user = []
        if os.geteuid() == 0:
            self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres",
                            "--clear-groups"]
        os.makedirs(folder)
        if self.as_user:
            subprocess.run(["chown", "postgres", folder], check=True)
        self.run(f"{programs}/initdb", "-D", f"{folder}/data", "-U", "bench", "-A",
                 "trust", "--no-sync")
        # Each step of Alembic's takes locks that are kept until its transaction ends.
        self.process = subprocess.Popen(
            self.as_user + [f"{programs}/postgres", "-D", f"{folder}/data", "-k", folder,
                            "-h", "", "-c", "fsync=off", "-c",
                            "max_locks_per_transaction=1024"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if self.psql("postgres", "SELECT 1").returncode == 0:
                break
            time.sleep(0.05)

    def run(self, *arguments):
        subprocess.run(self.as_user + list(arguments), check=True,
                       stdout=subprocess.DEVNULL, cwd=self.folder)

    def psql(self, database, sql):
        return subprocess.run(["psql", "-qX", "-h", self.folder, "-U", "bench", "-d",
                               database, "-c", sql], capture_output=True)

    def url(self, database):
        return f"postgresql://bench@/{database}?host={self.folder}"

    def psql_file(self, database, path):
        """The arguments that run a script as it is."""
        return ["psql", "-qX", "-h", self.folder, "-U", "bench", "-d", database, "-v",
                "ON_ERROR_STOP=1", "-f", path]

    def databases(self, name, count, template="template1"):
        """Names of new databases, made before any of them is used and never dropped:
        the server would clear up behind a large one while the next run is timed."""
        names = [f"{name}{n}" for n in range(count)]
        for one in names:
            done = self.psql("postgres", f"CREATE DATABASE {one} TEMPLATE {template}")
            if done.returncode != 0:
                raise RuntimeError(done.stderr.decode())
        self.psql("postgres", "CHECKPOINT")
        return names

    def stop(self):
        self.process.terminate()
        self.process.wait()
