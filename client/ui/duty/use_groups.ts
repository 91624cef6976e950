// Alarms of one cause, for the list: the page's own groups in the list's words. None while the person wants every alarm on a line of
// its own.
import { useMemo } from "react";
import { useChange, useLive } from "../live_context.ts";
import type { AlarmGroup } from "./list_lines.ts";

const NONE: readonly AlarmGroup[] = [];

export function useGroups(isWanted: boolean): readonly AlarmGroup[] {
	const { causes } = useLive();
	const version = useChange(causes.change);
	return useMemo(() => {
		if (!isWanted || version < 0) return NONE;
		return causes.groups.map(({ key, kind, root, members }) => ({
			key,
			word: kind,
			root: root.id,
			members: members.map(({ alarm }) => alarm.id),
		}));
	}, [causes, isWanted, version]);
}
