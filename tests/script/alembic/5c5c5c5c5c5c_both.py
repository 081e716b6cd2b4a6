"""both

Revision ID: 5c5c5c5c5c5c
Revises: 27c6a30d7c24, 3a3a3a3a3a3a
Create Date: 2026-11-20 19:05:06.872613

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5c5c5c5c5c5c'
down_revision = ('27c6a30d7c24', '3a3a3a3a3a3a')
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
