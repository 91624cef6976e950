-- The main file, liaowang.db. Readings live here only until they are compacted into the month files (readings-YYYY-MM.db).
-- Text columns named `body` hold JSON behind eight hex digits of its checksum, bound to the row's key.

-- One row for each commit; `id` never returns, so it also tells whether a commit is on the disk.
CREATE TABLE journal (
	id INTEGER PRIMARY KEY,
	-- Newest arrival in it, epoch ms; 0 without readings.
	received INTEGER NOT NULL,
	n INTEGER NOT NULL,
	crc INTEGER NOT NULL,
	blob BLOB NOT NULL
);

-- Numbers that belong together with the journal: `compacted` (journal ids up to here are in the month files).
CREATE TABLE mark (
	name TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO mark VALUES ('compacted', 0);

-- Newest reading of every channel as of journal id `upto`: one packed block.
CREATE TABLE newest (
	n INTEGER PRIMARY KEY CHECK (n = 0),
	upto INTEGER NOT NULL,
	crc INTEGER NOT NULL,
	blob BLOB NOT NULL
);

-- Journal rows that failed their checksum: kept for a person to look at, never served.
CREATE TABLE quarantine (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	what TEXT NOT NULL,
	blob BLOB NOT NULL
);

-- Readings whose time no month file is made for (a clock at 1970, a year 2300): kept, found, never in the way.
CREATE TABLE stray (
	channel INTEGER NOT NULL,
	at INTEGER NOT NULL,
	has_count INTEGER NOT NULL,
	count REAL NOT NULL,
	quality INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	PRIMARY KEY (channel, at, has_count, count)
) WITHOUT ROWID;

CREATE TABLE asset (
	n INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	initials TEXT NOT NULL,
	pinyin TEXT NOT NULL,
	body TEXT NOT NULL
);

-- Overlapping pairs of characters (hex of the two code points) of name, id, pinyin and initials: a phrase of pairs is a
-- substring. The stock tokenizers find nothing for two Chinese characters.
CREATE VIRTUAL TABLE asset_search USING fts5(
	name, id, initials, pinyin, content='', contentless_delete=1, tokenize="unicode61"
);

-- Permanent: a channel keeps its id when its asset is removed and comes back.
CREATE TABLE channel (
	id INTEGER PRIMARY KEY,
	asset TEXT NOT NULL,
	measure TEXT NOT NULL,
	scale INTEGER NOT NULL,
	UNIQUE (asset, measure)
);

CREATE TABLE device (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rule (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE user (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE session (id_hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX session_expiry ON session (expires_at);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE judged (
	channel INTEGER NOT NULL,
	rule TEXT NOT NULL,
	severity INTEGER NOT NULL,
	rising INTEGER NOT NULL,
	rising_since INTEGER NOT NULL,
	calm INTEGER NOT NULL,
	falling_to INTEGER NOT NULL,
	falling_since INTEGER NOT NULL,
	PRIMARY KEY (channel, rule)
) WITHOUT ROWID;

CREATE TABLE alarm (
	id TEXT PRIMARY KEY,
	severity INTEGER NOT NULL,
	raised_at INTEGER NOT NULL,
	district TEXT NOT NULL,
	system TEXT NOT NULL,
	body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX alarm_worst ON alarm (severity DESC, raised_at DESC);

CREATE TABLE transition (
	seq INTEGER PRIMARY KEY,
	alarm TEXT NOT NULL REFERENCES alarm (id),
	kind TEXT NOT NULL,
	at INTEGER NOT NULL,
	severity INTEGER NOT NULL,
	district TEXT NOT NULL,
	system TEXT NOT NULL,
	body TEXT NOT NULL
);
CREATE INDEX transition_river ON transition (at) WHERE kind IN ('raised', 'rose', 'fell', 'cleared');

CREATE TABLE audit (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE answer (command TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE receipt (
	seq INTEGER NOT NULL REFERENCES transition (seq),
	screen TEXT NOT NULL,
	stage TEXT NOT NULL,
	user TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (seq, screen, stage)
) WITHOUT ROWID;
