// The store's own health as an alarm: a disk that died is told like a gas leak, and cannot hide one.
import { subjectOf } from "#model/subject.ts";
import type { StoreState } from "../store/store.ts";
import type { Alarms } from "./alarms.ts";

export const STORE_SUBJECT = subjectOf("system", "store");
export const STORE_RULE = "store-down";

export function tellStore(alarms: Alarms, state: StoreState, now: number): void {
	alarms.set(STORE_SUBJECT, STORE_RULE, {
		severity: state.open ? 0 : 4,
		at: now,
		value: null,
		limit: null,
		clause: null,
		why: state.open
			? "存储已恢复，期间的报警已补录"
			: `存储不可写：${state.fault ?? "原因不明"}；设备上报被拒收，研判照常`,
		unverified: false,
	});
}
