// The alarm list's state: what the filter of the URL lets pass, causes folded or not, the order held while the hand is on a button,
// and what is chosen for one press. Lent to AlarmList and its parts.
import { useCallback, useMemo, useRef, useState } from "react";
import type { Alarm } from "#model/alarm.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { measureOf } from "./alarm_rule.ts";
import { filterOf, type ListFilter, orderOf } from "./list_filter.ts";
import { heldLines, type ListLine, type ListPicture, listPicture } from "./list_lines.ts";
import { useScene } from "./scene_state.ts";
import { useGroups } from "./use_groups.ts";

export interface DeskList {
	readonly picture: ListPicture;
	/** As drawn: held in place while the hand is on a button. */
	readonly lines: readonly ListLine[];
	/** Came while the lines were held. */
	readonly newReds: readonly Alarm[];
	readonly isHeld: boolean;
	readonly filter: ListFilter;
	readonly hold: (isHeld: boolean) => void;
	readonly fold: (group: string) => void;
}

export function useDeskList(): DeskList {
	const live = useLive();
	const scene = useScene();
	const version = useChange(live.alarms.change);
	useChange(live.wire.change);
	const user = live.wire.hello?.user ?? null;
	const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
	const [isHeld, hold] = useState(false);
	const order = useRef<readonly string[]>([]);
	const groups = useGroups(scene.apart !== "1");
	const wordsOf = useWords();
	const filter = useMemo(() => filterOf(scene, user), [scene, user]);
	const sort = orderOf(scene);
	const picture = useMemo(() => {
		// The book changes between two tellings: the list stands for one of them.
		if (version < 0) throw new Error("a change counts from 0");
		return listPicture({ open: live.alarms.ordered(sort), filter, groups, unfolded, wordsOf });
	}, [version, live, sort, filter, groups, unfolded, wordsOf]);
	const { lines, newReds } = isHeld ? heldLines(picture.lines, order.current) : { ...picture, newReds: [] };
	order.current = lines.map(({ key }) => key);
	const fold = useCallback((group: string) => setUnfolded((before) => toggled(before, group)), []);
	return { picture, lines, newReds, isHeld, filter, hold, fold };
}

/** Everything that a person may look for in an alarm, made once for each state of it. */
function useWords(): (alarm: Alarm) => string {
	const { catalogue } = useLive();
	return useMemo(() => {
		const known = new WeakMap<Alarm, string>();
		return (alarm) => {
			const made = known.get(alarm);
			if (made !== undefined) return made;
			const measure = measureOf(catalogue, alarm)?.name[languageNow()] ?? "";
			const text = [alarm.name, alarm.id, placeName(alarm.district), measure, alarm.why, alarm.assignedTo ?? ""];
			const words = text.join(" ").toLowerCase();
			known.set(alarm, words);
			return words;
		};
	}, [catalogue]);
}

export function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
	const next = new Set(set);
	if (!next.delete(key)) next.add(key);
	return next;
}
