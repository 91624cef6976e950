// The signs of life: link to core, store, doors, and why the system is not ready. One place for /readyz, /api/status, /metrics.
import type { DoorState } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";

export interface Signs {
	readonly ready: boolean;
	/** By door; an HTTP door is reached through our own port. */
	readonly doors: Readonly<Record<string, Omit<DoorState, "door">>>;
	readonly store: { readonly open: boolean; readonly full: boolean; readonly fault: string | null };
	readonly core: { readonly link: "live" | "lost"; readonly since: number };
	readonly demo: boolean;
	/** Why not ready; empty when it is. */
	readonly reasons: readonly string[];
}

export function signsOf(mirror: Mirror): Signs {
	const { state } = mirror;
	const reasons: string[] = [];
	if (mirror.link === "lost") reasons.push("web does not follow core");
	else if (!mirror.ready) reasons.push("web has no table yet");
	const store = {
		open: state?.store.open ?? false,
		full: state?.store.full ?? false,
		fault: state?.store.fault ?? null,
	};
	if (!store.open) reasons.push(`the store is not open${store.fault === null ? "" : `: ${store.fault}`}`);
	else if (!store.full) reasons.push("the store does not sync every commit (synchronous is not FULL)");
	const doors: Record<string, Omit<DoorState, "door">> = {};
	for (const { door, ...rest } of state?.doors ?? []) {
		doors[door] = door === "http" ? { ...rest, address: "/api/readings" } : rest;
		if (rest.enabled && !rest.listening) {
			reasons.push(`door ${door} does not listen${rest.fault === null ? "" : `: ${rest.fault}`}`);
		}
	}
	if (mirror.demo && mirror.catalogue.assets.size === 0) reasons.push("the demo's catalogue is not loaded");
	return {
		ready: reasons.length === 0,
		doors,
		store,
		core: { link: mirror.link, since: mirror.linkSince },
		demo: mirror.demo,
		reasons,
	};
}
