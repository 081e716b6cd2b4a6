CREATE UNIQUE INDEX "i(" ON t (a, "b)" COLLATE nocase DESC, lower(c)) WHERE a > 0
