// Which alarms are chosen for one press: by box, by Shift from the last box, all of the filtered list. Only what can be
// acknowledged is chosen; what was acknowledged meanwhile leaves by itself. "All" takes no red unless the list is of reds alone:
// nobody says that he has seen one because he pressed Ctrl+A.
import { useCallback, useMemo, useRef, useState } from "react";
import type { Alarm } from "#model/alarm.ts";
import { useLive } from "../live_context.ts";
import type { ListLine } from "./list_lines.ts";

export interface Chosen {
	readonly ids: ReadonlySet<string>;
	/** Still open and unacknowledged, in no order. */
	readonly alarms: readonly Alarm[];
	readonly choose: (line: ListLine, isRange: boolean) => void;
	readonly chooseAll: () => void;
	readonly clear: () => void;
}

export function isChoosable(alarm: Alarm): boolean {
	return !alarm.acknowledged && alarm.seq !== null;
}

/** `passed`: what Ctrl+A takes; reds that stand outside the filter are not among it. */
export function useChosen(lines: readonly ListLine[], passed: readonly Alarm[], may: boolean): Chosen {
	const live = useLive();
	const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
	const last = useRef<string | null>(null);
	const now = useRef({ lines, passed });
	now.current = { lines, passed };
	const choose = useCallback((line: ListLine, isRange: boolean) => {
		const { lines: shown } = now.current;
		const to = shown.findIndex(({ key }) => key === line.key);
		const from = isRange ? shown.findIndex(({ key }) => key === last.current) : to;
		last.current = line.key;
		const range = from < 0 || to < 0 ? [line] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
		const wanted = range.flatMap(alarmsOf).filter(isChoosable);
		setIds((before) => {
			const next = new Set(before);
			const isOff = !isRange && wanted.every(({ id }) => before.has(id));
			for (const { id } of wanted) {
				if (isOff) next.delete(id);
				else next.add(id);
			}
			return next;
		});
	}, []);
	const chooseAll = useCallback(() => {
		const choosable = now.current.passed.filter(isChoosable);
		const milder = choosable.filter(({ severity }) => severity < 4);
		setIds(new Set((milder.length === 0 ? choosable : milder).map(({ id }) => id)));
	}, []);
	const clear = useCallback(() => setIds(new Set()), []);
	const alarms = may
		? [...ids].flatMap((id) => {
				const alarm = live.alarms.find(id);
				return alarm !== undefined && isChoosable(alarm) ? [alarm] : [];
			})
		: [];
	return useMemo(() => ({ ids, alarms, choose, chooseAll, clear }), [ids, alarms, choose, chooseAll, clear]);
}

/** Of a folded cause: all that stand behind its line. */
export function alarmsOf(line: ListLine): readonly Alarm[] {
	return line.kind === "alarm" ? [line.alarm] : line.members;
}
