// Alarms of one cause, for the list. Nothing is folded while causes are not looked for.
import type { AlarmGroup } from "./list_lines.ts";

const NONE: readonly AlarmGroup[] = [];

export function useGroups(isWanted: boolean): readonly AlarmGroup[] {
	return isWanted ? NONE : NONE;
}
