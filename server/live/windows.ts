// Maintenance windows at work: an alarm that begins inside one is suppressed with the window's name, and stands in the list again when
// the window ends. A red is never suppressed. Asked by the alarms at every raise, ticked once a second by the heart; what a window
// is decided by model/window.ts, who may make one by the act engine.
import type { Alarm } from "#model/alarm.ts";
import type { Entry } from "#model/register.ts";
import { concerns, type MaintenanceWindow, spanAt } from "#model/window.ts";
import type { Clock } from "../clock.ts";
import type { RegisterReader } from "./register.ts";

export class Windows {
	private readonly register: RegisterReader;
	private readonly clock: Clock;
	private known: readonly Entry<MaintenanceWindow>[] = [];
	private knownAt = -1;

	constructor(register: RegisterReader, clock: Clock) {
		this.register = register;
		this.clock = clock;
	}

	/** The name of the window that the alarm began in and that is still open, or null: it stands in the list. */
	over(alarm: Alarm): string | null {
		if (alarm.active && alarm.severity === 4) return null;
		const now = this.clock.now();
		for (const { body } of this.all()) {
			if (!concerns(body, alarm)) continue;
			const span = spanAt(body, now);
			if (span !== null && alarm.raisedAt >= span.from && alarm.raisedAt < span.to) return body.name;
		}
		return null;
	}

	/** Asked for every raise: the list is made once for each revision of the register. */
	private all(): readonly Entry<MaintenanceWindow>[] {
		if (this.knownAt !== this.register.revision) {
			this.known = this.register.all<MaintenanceWindow>("window");
			this.knownAt = this.register.revision;
		}
		return this.known;
	}
}
