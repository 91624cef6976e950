// The reference model of an alarm's life, told again in the plainest way from ISA-18.2 and the rules A4 to A7, without a line of the
// server's own code: it is given a log and says where the log cannot be true.
import type { Transition } from "#model/alarm.ts";

interface Life {
	active: boolean;
	severity: number;
	occurrence: number;
	acknowledgedBy: string | null;
	acknowledged: boolean;
	shelvedUntil: number | null;
	suppressedBy: string | null;
	outOfService: boolean;
	assignedTo: string | null;
}

const EIGHT_HOURS = 8 * 3_600_000;

function unborn(): Life {
	return {
		active: false,
		severity: 0,
		occurrence: 0,
		acknowledged: true,
		acknowledgedBy: null,
		shelvedUntil: null,
		suppressedBy: null,
		outOfService: false,
		assignedTo: null,
	};
}

/** @returns what is wrong, in words; empty when the log may be true. */
export function faultsOfLives(log: readonly Transition[]): string[] {
	const lives = new Map<string, Life>();
	const faults: string[] = [];
	for (const [index, transition] of log.entries()) {
		if (transition.seq !== index + 1) faults.push(`entry ${index} has seq ${transition.seq}`);
		const life = lives.get(transition.alarm.id) ?? unborn();
		lives.set(transition.alarm.id, life);
		const wrong = move(life, transition);
		if (wrong !== null) faults.push(`seq ${transition.seq} ${transition.kind}: ${wrong}`);
		for (const [name, value] of Object.entries(life)) {
			const said = transition.alarm[name as keyof Life];
			if (said !== value) faults.push(`seq ${transition.seq} ${transition.kind}: ${name} is ${said}, not ${value}`);
		}
		if (life.active && life.severity === 4 && (life.suppressedBy ?? life.shelvedUntil) !== null)
			faults.push(`seq ${transition.seq}: a red is hidden`);
	}
	return faults;
}

/** Changes the life as the transition says. @returns why it may not happen, or null. */
function move(life: Life, { kind, alarm, at, by }: Transition): string | null {
	switch (kind) {
		case "raised":
			if (life.active) return "it held already";
			return begin(life, alarm.severity, alarm.suppressedBy, life.acknowledged ? null : life.assignedTo);
		case "rose":
			if (!life.active || alarm.severity <= life.severity) return "it does not rise";
			return begin(life, alarm.severity, alarm.suppressedBy, life.assignedTo);
		case "fell": {
			const falls = life.active && alarm.severity > 0 && alarm.severity < life.severity;
			life.severity = alarm.severity;
			return falls ? null : "it does not fall";
		}
		case "cleared": {
			const held = life.active;
			life.active = false;
			return held ? null : "it did not hold";
		}
		case "acknowledged": {
			const open = !life.acknowledged;
			life.acknowledged = true;
			life.acknowledgedBy = by;
			return open && by !== null ? null : "twice, or by nobody";
		}
		case "shelved": {
			const until = alarm.shelvedUntil ?? 0;
			life.shelvedUntil = until;
			return life.severity < 4 && until > at && until <= at + EIGHT_HOURS ? null : "not to be shelved so";
		}
		case "unshelved": {
			const was = life.shelvedUntil !== null;
			life.shelvedUntil = null;
			return was ? null : "it was not shelved";
		}
		case "shelf-ended": {
			const due = life.shelvedUntil !== null && life.shelvedUntil <= at;
			life.shelvedUntil = null;
			return due ? null : "its time is not over";
		}
		case "suppressed":
			return "a window hides what begins in it, nothing else";
		case "unsuppressed": {
			const was = life.suppressedBy !== null;
			life.suppressedBy = null;
			return was ? null : "it was not suppressed";
		}
		case "assigned":
			life.assignedTo = alarm.assignedTo;
			return null;
		case "commented":
			return null;
		case "out-of-service":
		case "in-service": {
			const on = kind === "out-of-service";
			const moved = life.outOfService !== on;
			life.outOfService = on;
			return moved ? null : "it stood so already";
		}
	}
}

function begin(life: Life, severity: number, suppressedBy: string | null, assignedTo: string | null): string | null {
	if (severity > life.severity) life.shelvedUntil = null;
	life.active = true;
	life.severity = severity;
	life.occurrence += 1;
	life.acknowledged = false;
	life.acknowledgedBy = null;
	// Only the window knows whether it is open; that it may not hide a red is told above.
	life.suppressedBy = suppressedBy;
	life.assignedTo = assignedTo;
	return severity > 0 ? null : "nothing to raise";
}
