// The one thing other panels ask of the map: go there. MapView puts its reach here when the map is made; nothing else crosses.
import { useSyncExternalStore } from "react";
import { Change } from "../../live/change.ts";

export type GoTo = (lon: number, lat: number) => void;

const change = new Change();
let reach: GoTo | null = null;

export function setReach(goTo: GoTo | null): void {
	reach = goTo;
	change.bump();
}

/** null while there is no map. */
export function useGoTo(): GoTo | null {
	useSyncExternalStore(change.subscribe, change.read);
	return reach;
}
