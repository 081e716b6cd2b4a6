revision, x = 'a', f'b'
if y: revision = 'c'
down_revision = b''
