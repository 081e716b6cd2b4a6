"""add "email" to 'account'

With a second paragraph, 100 % ä € and a \ in it.

Revision ID: 27c6a30d7c24
Revises: 1975ea83b712
Create Date: 2026-11-20 19:05:05.956347

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '27c6a30d7c24'
down_revision = '1975ea83b712'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
