"""Projects of the same revisions for revise and for Alembic: a chain, each revision one
table of three columns and one index."""

import os
import subprocess

UNIT = """// add table {n}
//
// Revision ID: {id}
// Revises: {down}
// Create Date: 2026-11-20 18:00:00.000000

#include <revise/op.hpp>

namespace {{

using namespace revise;

constexpr Revision revision{{
    .revision = "{id}",
    .down_revision = {cpp_down},
    .branch_labels = {{}},
    .depends_on = {{}},
}};

void upgrade(Operations& op) {{
  op.create_table("t{n}", {{
      Column("id", Integer, {{.primary_key = true}}),
      Column("name", String(50), {{.nullable = false}}),
      Column("created_at", DateTime, {{.server_default = text("CURRENT_TIMESTAMP")}}),
  }});
  op.create_index("ix_t{n}_name", "t{n}", {{"name"}});
}}

void downgrade(Operations& op) {{
  op.drop_index("ix_t{n}_name", "t{n}");
  op.drop_table("t{n}");
}}

}}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
"""

ROWS_UNIT = """// add rows

#include <revise/data.hpp>
#include <revise/op.hpp>
#include <string>
#include <tuple>
#include <vector>

namespace {{

using namespace revise;

constexpr Revision revision{{
    .revision = "rows",
    .down_revision = {{}},
    .branch_labels = {{}},
    .depends_on = {{}},
}};

void upgrade(Operations& op) {{
  op.create_table("rows", {{
      Column("id", Integer, {{.autoincrement = false, .primary_key = true}}),
      Column("name", String(50), {{.nullable = false}}),
      Column("size", Integer),
  }});
  std::vector<std::tuple<int, std::string, int>> rows;
  for (int i = 0; i < {count}; ++i) {{
    rows.emplace_back(i, "name number " + std::to_string(i), i * 7);
  }}
  op.bulk_insert(table("rows", column<int>("id"), column<std::string>("name"),
                       column<int>("size")),
                 rows);
}}

void downgrade(Operations& op) {{ op.drop_table("rows"); }}

}}  // namespace

REVISE_UNIT(revision, upgrade, downgrade)
"""

SCRIPT = '''"""add table {n}

Revision ID: {id}
Revises: {down}
Create Date: 2026-11-20 18:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


revision = '{id}'
down_revision = {py_down}
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        't{n}',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('name', sa.String(50), nullable=False),
        sa.Column('created_at', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP')),
    )
    op.create_index('ix_t{n}_name', 't{n}', ['name'])


def downgrade():
    op.drop_index('ix_t{n}_name', 't{n}')
    op.drop_table('t{n}')
'''

INI = """[alembic]
script_location = {folder}
sqlalchemy.url = {url}
"""


def revision_id(n):
    return f"{n:05d}{n * 2654435761 % 2**28:07x}"


def add_revision(folder, suffix, text, n):
    previous = revision_id(n - 1) if n > 1 else ""
    content = text.format(
        n=n,
        id=revision_id(n),
        down=previous,
        cpp_down=f'"{previous}"' if previous else "{}",
        py_down=repr(previous) if previous else "None",
    )
    with open(f"{folder}/versions/{revision_id(n)}_add_table_{n}.{suffix}", "w") as file:
        file.write(content)


def make_units(folder, count, url):
    os.makedirs(f"{folder}/versions")
    for n in range(1, count + 1):
        add_revision(folder, "cpp", UNIT, n)
    with open(f"{folder}/alembic.ini", "w") as file:
        file.write(INI.format(folder="%(here)s", url=url))


def make_rows(folder, count, url):
    """A unit that inserts `count` rows, and the same as a script of psql's."""
    os.makedirs(f"{folder}/versions")
    with open(f"{folder}/versions/rows.cpp", "w") as file:
        file.write(ROWS_UNIT.format(count=count))
    with open(f"{folder}/alembic.ini", "w") as file:
        file.write(INI.format(folder="%(here)s", url=url))
    with open(f"{folder}/rows.tsv", "w") as file:
        for i in range(count):
            file.write(f"{i}\tname number {i}\t{i * 7}\n")
    with open(f"{folder}/rows.sql", "w") as file:
        file.write("BEGIN;\nCREATE TABLE rows (id INTEGER PRIMARY KEY, name VARCHAR(50) "
                   "NOT NULL, size INTEGER);\n"
                   f"\\copy rows from '{folder}/rows.tsv'\nCOMMIT;\n")


def make_scripts(folder, count, url):
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    subprocess.run(["alembic", "init", "scripts"], cwd=os.path.dirname(folder),
                   check=True, stdout=subprocess.DEVNULL)
    base = os.path.dirname(folder)
    for n in range(1, count + 1):
        add_revision(f"{base}/scripts", "py", SCRIPT, n)
    with open(f"{base}/alembic.ini") as file:
        lines = file.read().splitlines()
    lines = [f"sqlalchemy.url = {url}" if line.startswith("sqlalchemy.url") else line
             for line in lines]
    with open(f"{base}/alembic.ini", "w") as file:
        file.write("\n".join(lines) + "\n")
