// Transitions on their way to the disk, as the recorder keeps them: numbering, folding at the bound, and taking back what people did.
// Pure; called by recorder.ts and alarms.ts.
import type { Alarm, Change, Transition } from "#model/alarm.ts";

export interface PendingChange {
	change: Change;
	readonly commandId: string | null;
	/** The alarm before a command, so that a command that was not stored can be undone. */
	readonly before: Alarm | null;
	/** Told to the screens as unrecorded already. */
	told: boolean;
}

/** What people did to an alarm, taken from another state of it. */
export function withPeopleOf(alarm: Alarm, source: Alarm): Alarm {
	// A raise after the command asked for a new acknowledgement anyway.
	const same = alarm.occurrence === source.occurrence;
	return {
		...alarm,
		...(same
			? {
					acknowledged: source.acknowledged,
					acknowledgedBy: source.acknowledgedBy,
					acknowledgedAt: source.acknowledgedAt,
				}
			: {}),
		assignedTo: source.assignedTo,
		shelvedUntil: source.shelvedUntil,
		shelvedBy: source.shelvedBy,
		outOfService: source.outOfService,
	};
}

export function numbered(pending: PendingChange, seq: number): Transition {
	const alarm: Alarm = { ...pending.change.alarm, seq };
	return { ...pending.change, alarm, seq, commandId: pending.commandId };
}

/** At the bound: of each alarm only its newest kept transition stays. What is true now is kept, steps between are not. */
export function folded(changes: readonly PendingChange[]): PendingChange[] {
	const newest = new Map<string, PendingChange>();
	for (const pending of changes) {
		newest.delete(pending.change.alarm.id);
		newest.set(pending.change.alarm.id, pending);
	}
	return [...newest.values()];
}
