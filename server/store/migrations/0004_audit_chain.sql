-- Each audit record carries the hash of the one before it and its own ("sha256:..." or "sm3:..."); null in older records.
ALTER TABLE audit ADD COLUMN prev TEXT;
ALTER TABLE audit ADD COLUMN hash TEXT;
