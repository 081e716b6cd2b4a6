# coding: utf-8
revision = (
"a"
)
down_revision = ()
