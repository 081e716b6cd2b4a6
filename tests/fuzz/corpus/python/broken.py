down_revision = None
	@d
	def f(revision='x'): pass
for revision in x: pass