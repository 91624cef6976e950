-- A month file, readings-YYYY-MM.db (civil month of Asia/Shanghai). Dropped whole when it is too old.

-- Packs of chunks of neighbouring channels; key = hour of the month * 2^24 + first channel. Written in order, once, when
-- the hour is over; late readings open a pack again.
CREATE TABLE chunk (key INTEGER PRIMARY KEY, body BLOB NOT NULL);

-- key = (hour of the month * 2^16 + part) * 2^24 + first channel: the same for hours that are not over yet.
CREATE TABLE piece (key INTEGER PRIMARY KEY, body BLOB NOT NULL);

-- Which parts the hours that still have pieces are in.
CREATE TABLE part (hour INTEGER NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (hour, part)) WITHOUT ROWID;

-- The whole table as of `at`, for seek and replay.
CREATE TABLE frame (at INTEGER PRIMARY KEY, body BLOB NOT NULL);

-- Packs that failed their checksum when new readings came for them: kept for a person to look at, never served.
CREATE TABLE damaged (n INTEGER PRIMARY KEY, key INTEGER NOT NULL, body BLOB NOT NULL);

-- `source`: a number of this file's own, so that its rollup is made once however often the work is interrupted.
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO mark VALUES ('source', abs(random() % 4294967296));
