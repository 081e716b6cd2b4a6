"""

Revision ID: 3a3a3a3a3a3a
Revises: 
Create Date: 2026-11-20 19:05:06.187987

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3a3a3a3a3a3a'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
