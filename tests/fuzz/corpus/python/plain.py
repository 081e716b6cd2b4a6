"""add account

Revision ID: 1975ea83b712
Revises: ae1027a6acf9
Create Date: 2026-11-20 15:40:00.123456

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '1975ea83b712'
down_revision = 'ae1027a6acf9'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('account', sa.Column('id', sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table('account')
