'a' \
  "b"
from typing import Sequence, Union
revision: str = "a" 'b'; down_revision: Union[str, None] = ("c", r'd',)
branch_labels: Union[str, Sequence[str], None] = {'l'}
depends_on = [  # why
    u"\x61\u00e9\
f", ]
if True:
    x = """revision = 'no'"""
class C:
    revision = 3
