"""A project of revise's with a unit for each pair, each a base of its own."""

import hashlib
import os
import subprocess

UNIT = """\
// {title}
//
// Revision ID: {id}
// Revises:

{includes}
namespace {{

using namespace revise;

constexpr Revision revision{{
    .revision = "{id}",
    .down_revision = {{}},
    .branch_labels = {{}},
    .depends_on = {{}},
}};

{top}
{functions}
}}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
"""

ENVIRONMENT = """\
#include <revise/env.hpp>

namespace {{

using namespace revise;

void run_migrations(Environment& context) {{
  context.configure({{
      .target_metadata = MetaData({{.naming_convention = {{{rows}}}}}),
  }});
  context.run_migrations();
}}

}}  // namespace

REVISE_ENV(run_migrations)
"""

INI = """\
[alembic]
script_location = %(here)s/migrations

[revise]
cxxflags = -Wall -Wextra -Werror
"""


class Projects:
    """One for the pairs of each naming convention: that is the same for a whole project.
    Kept from run to run, so that units are compiled when they change alone."""

    def __init__(self, tool, folder, pairs):
        self.of = {}
        for naming in {pair.text("naming") for pair in pairs}:
            key = hashlib.sha256(naming.encode()).hexdigest()[:8] if naming else "plain"
            self.of[naming] = Project(tool, os.path.join(folder, key))
            self.of[naming].write([pair for pair in pairs
                                   if pair.text("naming") == naming], naming)

    def build(self):
        for project in self.of.values():
            project.build()

    def project_of(self, pair):
        return self.of[pair.text("naming")]


class Project:
    def __init__(self, tool, folder):
        self.tool = os.path.abspath(tool)
        self.folder = os.path.abspath(folder)

    def write(self, pairs, naming):
        versions = os.path.join(self.folder, "migrations", "versions")
        os.makedirs(versions, exist_ok=True)
        write_changed(os.path.join(self.folder, "alembic.ini"), INI)
        if naming:
            write_changed(os.path.join(self.folder, "migrations", "env.cpp"),
                          environment_of(naming))
        units = {f"{pair.revision}.cpp": unit_of(pair) for pair in pairs}
        for name in set(os.listdir(versions)) - set(units):
            os.remove(os.path.join(versions, name))
        for name, text in units.items():
            write_changed(os.path.join(versions, name), text)

    def build(self):
        """All units at once. One that does not compile is told of by the pair's run."""
        self.run(None, "build")

    def run(self, url, *arguments):
        environment = dict(os.environ)
        environment.pop("REVISE_DATABASE_URL", None)
        if url:
            environment["REVISE_DATABASE_URL"] = url
        return subprocess.run([self.tool, *arguments], cwd=self.folder, text=True,
                              capture_output=True, env=environment)


def unit_of(pair):
    code, includes = without_includes(pair.text("revise"))
    top, more = without_includes(pair.text("top"))
    includes = ["#include <revise/op.hpp>"] + includes + more
    functions = f"void upgrade(Operations& op) {{\n{code}\n}}\n"
    down = pair.text("down") or "op.reverse(upgrade);"
    functions += f"\nvoid downgrade(Operations& op) {{\n{down}\n}}\n"
    return UNIT.format(title=f"{pair.group}/{pair.name}", id=pair.revision,
                       includes="\n".join(sorted(set(includes))) + "\n", top=top,
                       functions=functions)


def environment_of(naming):
    rows = [line.split(" = ", 1) for line in naming.splitlines() if line]
    return ENVIRONMENT.format(rows=", ".join(f'{{"{kind}", "{name}"}}'
                                             for kind, name in rows))


def without_includes(code):
    lines = code.splitlines()
    includes = [line for line in lines if line.startswith("#include")]
    return "\n".join(line for line in lines if line not in includes), includes


def write_changed(path, text):
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
