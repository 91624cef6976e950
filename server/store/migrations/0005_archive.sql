-- Entries whose business is long over: out of core's memory, never out of the store. `revision` is the register's when they left;
-- `part_of` ("incident:i12") is what they came with and come back with.
CREATE TABLE entry_archive (
	n INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	over_at INTEGER NOT NULL,
	archived_at INTEGER NOT NULL,
	part_of TEXT,
	district TEXT NOT NULL,
	system TEXT NOT NULL,
	removed INTEGER NOT NULL,
	body TEXT NOT NULL
);
CREATE UNIQUE INDEX entry_archive_id ON entry_archive (kind, id);
CREATE INDEX entry_archive_over ON entry_archive (kind, over_at);
CREATE INDEX entry_archive_part ON entry_archive (part_of) WHERE part_of IS NOT NULL;
