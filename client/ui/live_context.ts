// How React hears the live half: hooks of three lines over useSyncExternalStore. The snapshot is a number; values are read
// from their owners while rendering.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Entry, RecordKind } from "#model/register.ts";
import type { Role } from "#model/rights.ts";
import { type Action, refuse, WHOLE_PROVINCE } from "#model/rights.ts";
import type { Change } from "../live/change.ts";
import type { Live } from "../live/live.ts";

const LiveContext = createContext<Live | null>(null);
export const LiveProvider = LiveContext.Provider;

export function useLive(): Live {
	const live = useContext(LiveContext);
	if (live === null) throw new Error("a panel stands outside the live page");
	return live;
}

/** Renders again when `change` was bumped. */
export function useChange(change: Change): number {
	return useSyncExternalStore(change.subscribe, change.read);
}

/** Server time, once a second. */
export function useNow(): number {
	const live = useLive();
	useChange(live.second);
	return live.now();
}

/** What stands of a kind of record; the same array until it changes. */
export function useEntries<B = unknown>(kind: RecordKind): readonly Entry<B>[] {
	const live = useLive();
	useChange(live.register.change);
	return live.register.entries<B>(kind);
}

/** Actions that are left on a part of the page which only shows what was; null: all. */
const LeftContext = createContext<ReadonlySet<Action> | null>(null);
export const LeftProvider = LeftContext.Provider;

/** What the person may do; scope is the server's to check, this only spares a click that would be refused. */
export function useMay(action: Action): boolean {
	const live = useLive();
	useChange(live.wire.change);
	const hello = live.wire.hello;
	const left = useContext(LeftContext);
	if (hello === null || left?.has(action) === false) return false;
	const who = { user: hello.user, roles: hello.roles as readonly Role[], scope: WHOLE_PROVINCE };
	return refuse(who, action, null) === null;
}

/** The server said who sits here, and it is nobody who may: what would only be refused is not shown and not asked for. */
export function useShut(action: Action): boolean {
	const live = useLive();
	const may = useMay(action);
	return live.wire.hello !== null && !may;
}
