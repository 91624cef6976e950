// Kinds of log lines, by what the log is about. Every line that core writes is of one of these (NewLine), and every one has words on the
// page that shows its log: a kind without words would stand there raw. Read by register.ts and by the page's own test of its words.

export const lineKinds = {
	/** On the chain of responsibility of an alarm. */
	alarm: ["reach.step", "reach.delivery", "call", "photo", "revealed", "released"],
	incident: [
		"opened",
		"edited",
		"note",
		"decision",
		"instruction",
		"task.given",
		"task.changed",
		"task.done",
		"task.cancelled",
		"offered",
		"accepted",
		"declined",
		"alarm.linked",
		"alarm.joined",
		"report",
		"call",
		"photo",
		"revealed",
		"pushed",
		"unpushed",
		"closed",
		"reopened",
	],
	shift: ["taken", "note", "drafted", "signed", "passed", "swapped"],
	window: ["made", "changed", "ended", "released"],
	outlet: ["reach.test", "reach.delivery"],
} as const;

export type LineKind = (typeof lineKinds)[keyof typeof lineKinds][number];

export type IncidentLineKind = (typeof lineKinds.incident)[number];

export const lineKindIds = [...new Set(Object.values(lineKinds).flat())] as readonly LineKind[];
