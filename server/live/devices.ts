// Registered devices and their keys: answers the doors' "who is this?". Keys are kept as SHA-256 only. Written by
// administrators through core; holds no sockets.
import { createHash, randomBytes } from "node:crypto";
import { type DoorName, deviceSchema } from "#model/catalogue.ts";
import { type Problem, problem } from "#model/problem.ts";
import type { DeviceRecord } from "../store/store.ts";

export interface DeviceGrant {
	readonly source: string;
	readonly assets: ReadonlySet<string> | null;
	readonly asset: string | null;
	readonly profile: ReadonlyMap<string, { readonly measure: string; readonly factor: number }> | null;
}

/** Shape of an address and of a key a protocol can carry. */
const rules: Readonly<Record<DoorName, { address: RegExp; key: RegExp; words: string; make: () => string }>> = {
	http: {
		address: /^[A-Za-z0-9_-]{1,64}$/,
		key: /^[\x21-\x7e]{8,128}$/,
		words: "key: 8 to 128 printable characters",
		make: randomKey,
	},
	mqtt: {
		address: /^[A-Za-z0-9_-]{1,64}$/,
		key: /^[\x21-\x7e]{8,128}$/,
		words: "address: MQTT user name; key: 8 to 128 printable characters",
		make: randomKey,
	},
	hj212: {
		address: /^[0-9A-Za-z_-]{1,32}$/,
		key: /^[\x21-\x3a\x3c-\x7e]{6,24}$/,
		words: "address: MN, 1 to 32 of 0-9 A-Z a-z _ -; key: PW, 6 to 24 characters without ';' (HJ 212-2017 6.3)",
		make: () => String(100_000 + (randomBytes(4).readUInt32LE() % 900_000)),
	},
	sl651: {
		address: /^[0-9A-F]{10}$/,
		key: /^[0-9A-F]{4}$/,
		words: "address: 10 hex digits; key: 4 hex digits (SL 651-2014 6.2)",
		make: () => randomBytes(2).toString("hex").toUpperCase(),
	},
};

export class Devices {
	private readonly records = new Map<string, DeviceRecord>();
	/** Door/address -> its records (HTTP and MQTT gateways speak for many assets). */
	private readonly byAddress = new Map<string, DeviceRecord[]>();
	private readonly byKey = new Map<string, DeviceRecord[]>();
	private readonly grants = new Map<string, DeviceGrant>();
	private readonly masterHash: string | null;

	constructor(masterKey: string | null) {
		this.masterHash = masterKey === null ? null : hashOf(masterKey);
	}

	load(records: readonly DeviceRecord[]): void {
		for (const record of records) this.put(record);
	}

	put(record: DeviceRecord): void {
		this.drop(record.id);
		this.records.set(record.id, record);
		append(this.byAddress, `${record.door}/${record.address}`, record);
		append(this.byKey, `${record.door}/${record.keyHash}`, record);
		this.grants.clear();
	}

	drop(id: string): void {
		const record = this.records.get(id);
		if (record === undefined) return;
		this.records.delete(id);
		cut(this.byAddress, `${record.door}/${record.address}`, id);
		cut(this.byKey, `${record.door}/${record.keyHash}`, id);
		this.grants.clear();
	}

	list(): readonly DeviceRecord[] {
		return [...this.records.values()];
	}

	of(asset: string): readonly DeviceRecord[] {
		return this.list().filter((record) => record.asset === asset);
	}

	/** Is any device registered at this door? A door without devices cannot fall silent. */
	has(door: DoorName): boolean {
		for (const record of this.records.values()) if (record.door === door) return true;
		return false;
	}

	/** @returns what the key may speak for; "unknown-device" or "bad-key". Hot: one SHA-256, then a cache. */
	check(door: DoorName, address: string | null, key: string): DeviceGrant | Problem {
		const keyHash = hashOf(key);
		const cached = this.grants.get(`${door}/${address ?? ""}/${keyHash}`);
		if (cached !== undefined) return cached;
		const made = this.grant(door, address, keyHash);
		if ("problem" in made) return made;
		if (this.grants.size > 20_000) this.grants.clear();
		this.grants.set(`${door}/${address ?? ""}/${keyHash}`, made);
		return made;
	}

	/** A new device from outside. @returns the record and its key, which is shown once and kept nowhere. */
	plan(input: unknown): { record: DeviceRecord; key: string } | Problem {
		const parsed = deviceSchema.safeParse(input);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			return problem("bad-device", issue?.message ?? "not a device", issue?.path.join("."));
		}
		const { asset, door } = parsed.data;
		const rule = rules[door];
		const address = parsed.data.address ?? (door === "http" || door === "mqtt" ? asset : null);
		if (address === null || !rule.address.test(address)) return problem("bad-address", rule.words, "address");
		const key = parsed.data.key ?? rule.make();
		if (!rule.key.test(key)) return problem("bad-key", rule.words, "key");
		const taken = this.byAddress.get(`${door}/${address}`)?.find((known) => known.asset !== asset);
		if (taken !== undefined && (door === "hj212" || door === "sl651")) {
			return problem("address-taken", `${address} already reports for ${taken.asset}`, "address");
		}
		const record: DeviceRecord = {
			id: `${door}/${address}/${asset}`,
			asset,
			door,
			address,
			keyHash: hashOf(key),
			profile: parsed.data.profile ?? null,
			demo: false,
		};
		return { record, key };
	}

	private grant(door: DoorName, address: string | null, keyHash: string): DeviceGrant | Problem {
		const isMaster = this.masterHash !== null && keyHash === this.masterHash && (door === "http" || door === "mqtt");
		if (isMaster) return { source: `${door}/${address ?? "master"}`, assets: null, asset: null, profile: null };
		const records =
			(address === null ? this.byKey.get(`${door}/${keyHash}`) : this.byAddress.get(`${door}/${address}`)) ?? [];
		const first = records[0];
		if (first === undefined)
			return address === null
				? problem("bad-key", "no device has this key")
				: problem("unknown-device", `no device ${address}`);
		const mine = records.filter((record) => record.keyHash === keyHash);
		if (mine.length === 0) return problem("bad-key", `the key of ${address} is another`);
		return {
			source: `${door}/${first.address}`,
			assets: new Set(mine.map((record) => record.asset)),
			asset: mine.length === 1 ? first.asset : null,
			profile: first.profile === null ? null : new Map(Object.entries(first.profile)),
		};
	}
}

export function hashOf(key: string): string {
	return createHash("sha256").update(key, "utf8").digest("hex");
}

function randomKey(): string {
	return randomBytes(18).toString("base64url");
}

function append(map: Map<string, DeviceRecord[]>, key: string, record: DeviceRecord): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [record]);
	else list.push(record);
}

function cut(map: Map<string, DeviceRecord[]>, key: string, id: string): void {
	const rest = (map.get(key) ?? []).filter((record) => record.id !== id);
	if (rest.length === 0) map.delete(key);
	else map.set(key, rest);
}
