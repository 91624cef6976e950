// What a door is given and what it gives: the whole contract between protocols and the heart. A door decodes, checks and
// converts; it never judges, stores or invents a time. Core makes the context; each protocol has one file that opens its door.
import type { DoorName } from "#model/catalogue.ts";
import type { Problem } from "#model/problem.ts";
import type { Reading } from "#model/reading.ts";

export interface Grant {
	/** "hj212/<MN>": names the device towards the heart. */
	readonly source: string;
	/** Assets this key may speak for; null: any (master key). */
	readonly assets: ReadonlySet<string> | null;
	/** The only asset of an HJ 212 or SL 651 device. */
	readonly asset: string | null;
	/** Factor code -> measure and factor into its unit, as registered; null: the kind's own codes. */
	readonly profile: ReadonlyMap<string, { readonly measure: string; readonly factor: number }> | null;
}

export interface Taken {
	readonly accepted: number;
	readonly rejected: readonly { readonly index: number; readonly problem: Problem }[];
	/** Resolves after the commit; rejects when it could not be stored: the device must be refused. */
	readonly committed: Promise<void>;
}

export interface DoorContext {
	now(): number;
	/** One-shot timer on core's clock. @returns cancel. */
	after(ms: number, run: () => void): () => void;
	accept(readings: readonly Reading[], source: string): Taken;
	/** Who is this? `address` null: the key alone (HTTP bearer). Problem codes: unknown-device, bad-key. */
	check(door: DoorName, address: string | null, key: string): Grant | Problem;
	/** The measure an asset's kind knows under a protocol's code, e.g. ("hj212", "a34001"). */
	measureOf(asset: string, protocol: "hj212" | "sl651", code: string): string | null;
	/** Where an asset stands, to check an MQTT topic; null: unknown. */
	placeOf(asset: string): { readonly district: string; readonly kind: string } | null;
	/** A frame was refused: counted under its code, the bytes kept for the health page and, for unknown devices, in quarantine. */
	refused(door: DoorName, address: string, code: string, sample: Uint8Array): void;
	/** A frame was understood. */
	frame(door: DoorName): void;
	/** Shared by all doors: may this source send `count` more readings now? Milliseconds to wait; 0: yes. Slowed, never thinned. */
	paceMs(source: string, count: number): number;
	/** The part that failed, in words, for the page; null: well again. */
	fault(door: DoorName, fault: string | null): void;
	readonly log: { info(message: string): void; warn(message: string): void };
}

export interface Door {
	readonly name: DoorName;
	/** "127.0.0.1:9212"; a path for the HTTP door's Unix socket; a broker's URL without its password. */
	readonly address: string;
	close(): Promise<void>;
}
