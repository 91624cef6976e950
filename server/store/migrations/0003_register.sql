-- The register: every record that people keep, with its newest state; `revision` also orders changes over restarts.
CREATE TABLE entry (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (kind, id)
);

-- Lines of all logs, numbered without gaps; written once.
CREATE TABLE log_line (
	n INTEGER PRIMARY KEY,
	revision INTEGER NOT NULL,
	subject TEXT NOT NULL,
	at INTEGER NOT NULL,
	body TEXT NOT NULL
);
CREATE INDEX log_line_subject ON log_line (subject, n);
CREATE INDEX log_line_at ON log_line (at);

-- `body` says what it is; the bytes have a checksum of their own.
CREATE TABLE photo (
	id TEXT PRIMARY KEY,
	body TEXT NOT NULL,
	crc INTEGER NOT NULL,
	bytes BLOB NOT NULL
);
