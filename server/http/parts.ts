// What the routes work with, handed in once by web.ts.
import type { Gate } from "../auth/who.ts";
import type { CoreLink } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { ReadStore } from "../store/store.ts";

/** Figures of the screens for /metrics and the status page; wire/ keeps them. */
export interface ScreenFigures {
	readonly screens: number;
	readonly deltas: number;
	readonly deltaBytes: number;
	readonly alarms: number;
	readonly lists: number;
	readonly cellsEncoded: number;
	readonly packed: number;
	readonly receiptsDropped: number;
	/** Why screens were refused or closed -> how often. */
	readonly refused: Readonly<Record<string, number>>;
}

/** Base of an operator's snapshot service, without a slash at its end, or the socket of the demo's own. */
export type CameraService = { readonly url: string } | { readonly socket: string };

export interface HttpParts {
	readonly mirror: Mirror;
	readonly store: ReadStore;
	readonly core: CoreLink;
	readonly gate: Gate;
	readonly clock: Clock;
	readonly log: Log;
	readonly build: string;
	readonly tls: boolean;
	/** Unix socket of core's HTTP door. */
	readonly readingsSocket: string;
	readonly cameras: CameraService;
	/** Unix socket of the demo's simulator. */
	readonly controlSocket: string;
	/** The built page. */
	readonly pageFolder: string;
	readonly basemapFile: string;
	/** 审图号 that the page's map shows; null: none. */
	readonly mapNumber: string | null;
	/** A policy document that stands instead of the built-in one, when the file exists. */
	readonly policyFile: string;
	figures(): ScreenFigures;
}
