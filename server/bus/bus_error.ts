// The one way in which asking core fails: the link is not there, or no answer came in time. Everything else is an answer.

/** What was asked may or may not have been done: the caller repeats it with the same commandId. */
export class LinkLost extends Error {
	constructor(call: string, why = "core is not reachable") {
		super(`${call}: ${why}`);
		this.name = "LinkLost";
	}
}
