// Which alarms the list shows and in which order: filters, and the order held while the hand is on the buttons. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Severity } from "#model/measure.ts";

export interface AlarmFilter {
	readonly level: Severity | null;
	/** Shelved, suppressed and out of service ones too. */
	readonly withQuiet: boolean;
}

export function isQuiet(alarm: Alarm): boolean {
	return alarm.shelvedUntil !== null || alarm.suppressedBy !== null || alarm.outOfService;
}

/** In the order given. */
export function shownAlarms(open: readonly Alarm[], filter: AlarmFilter): readonly Alarm[] {
	return open.filter((alarm) => {
		if (filter.level !== null && alarm.severity !== filter.level) return false;
		return filter.withQuiet || !isQuiet(alarm);
	});
}

/**
 * While the pointer rests on a button the rows keep their places: nobody acknowledges what slid under the hand. Rows that
 * are gone leave, new ones go to the end until the hand is lifted.
 */
export function heldOrder(alarms: readonly Alarm[], order: readonly string[]): readonly Alarm[] {
	const byId = new Map(alarms.map((alarm) => [alarm.id, alarm]));
	const held = order.flatMap((id) => {
		const alarm = byId.get(id);
		byId.delete(id);
		return alarm === undefined ? [] : [alarm];
	});
	return [...held, ...byId.values()];
}
