-- A month of 5-minute minima, means and maxima, rollup-YYYY-MM.db, made of a month file before that is dropped.
-- key = day of the month (0..) * 2^24 + channel; source = the month file it was made of (a month may come back with late
-- readings and be rolled again; both count).
CREATE TABLE day (
	key INTEGER NOT NULL,
	source INTEGER NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (key, source)
) WITHOUT ROWID;
