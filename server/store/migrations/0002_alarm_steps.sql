-- The state of an alarm before a moment: its last transition with a smaller seq.
CREATE INDEX transition_alarm ON transition (alarm, seq);
