"""two dependencies

Revision ID: 6d6d6d6d6d6d
Revises: 4b4b4b4b4b4b
Create Date: 2026-11-20 19:05:07.216133

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '6d6d6d6d6d6d'
down_revision = '4b4b4b4b4b4b'
branch_labels = None
depends_on = ['1975ea83b712', '3a3a3a3a3a3a']


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
