// Transitions on their way to the disk, as the recorder keeps them: numbering, folding at the bound, and taking back what people did.
// Pure; called by recorder.ts.
import type { Alarm, Change, Transition, TransitionKind } from "#model/alarm.ts";

export interface PendingChange {
	change: Change;
	readonly commandId: string | null;
	/** The alarm before a command, so that a command that was not stored can be undone. */
	before: Alarm | null;
	/** Told to the screens as unrecorded already. */
	told: boolean;
}

/** The change as it would have been, had it followed from `source`: what a person did before it was not stored. */
export function rebased(change: Change, source: Alarm): Change {
	const { alarm, kind } = change;
	return { ...change, alarm: { ...alarm, ...peopleOf(source), ...effectOf(kind, alarm, source) } };
}

/** What people do to an alarm. */
function peopleOf(alarm: Alarm): Partial<Alarm> {
	const { acknowledged, acknowledgedBy, acknowledgedAt, assignedTo, shelvedUntil, shelvedBy, outOfService } = alarm;
	return { acknowledged, acknowledgedBy, acknowledgedAt, assignedTo, shelvedUntil, shelvedBy, outOfService };
}

/** What of that this very change does, by the rules of model/alarm.ts. */
function effectOf(kind: TransitionKind, alarm: Alarm, source: Alarm): Partial<Alarm> {
	const { acknowledged, acknowledgedBy, acknowledgedAt, assignedTo, shelvedUntil, shelvedBy, outOfService } = alarm;
	switch (kind) {
		case "raised":
		case "rose":
			return {
				acknowledged,
				acknowledgedBy,
				acknowledgedAt,
				...(alarm.severity > source.severity ? { shelvedUntil: null, shelvedBy: null } : {}),
				...(kind === "raised" && source.acknowledged ? { assignedTo: null } : {}),
			};
		case "acknowledged":
			return { acknowledged, acknowledgedBy, acknowledgedAt };
		case "shelved":
		case "unshelved":
		case "shelf-ended":
			return { shelvedUntil, shelvedBy };
		case "assigned":
			return { assignedTo };
		case "out-of-service":
		case "in-service":
			return { outOfService };
		case "fell":
		case "cleared":
		case "suppressed":
		case "unsuppressed":
		case "commented":
			return {};
	}
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
