"""networking

Revision ID: 4b4b4b4b4b4b
Revises: 
Create Date: 2026-11-20 19:05:06.505755

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4b4b4b4b4b4b'
down_revision = None
branch_labels = ('networking',)
depends_on = '27c6a30d7c24'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
