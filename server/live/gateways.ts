// Which gateway an alarm of silence hangs on, under a name that tells no address: the same for every alarm of a gateway, so that core
// and pages group them alike. Called by the alarms when one is raised. It knows who feeds which asset and changes nothing.
import { createHmac, randomBytes } from "node:crypto";
import { type Alarm, isSilenceRule } from "#model/alarm.ts";
import type { Catalogue } from "./catalogue.ts";
import { doorOf, type Sources } from "./sources.ts";

/** The setting that holds the folder's own key: without it a short address could be guessed from its name. */
export const GATEWAY_KEY_SETTING = "gatewayKey";
const HEX_KEPT = 16;

export function newGatewayKey(): string {
	return randomBytes(32).toString("hex");
}

export class Gateways {
	private readonly key: string;
	private readonly catalogue: Pick<Catalogue, "assets">;
	private readonly sources: Pick<Sources, "sourceOf">;

	constructor(key: string, catalogue: Pick<Catalogue, "assets">, sources: Pick<Sources, "sourceOf">) {
		this.key = key;
		this.catalogue = catalogue;
		this.sources = sources;
	}

	/** Of an asset its gateway; of a gateway or a door that is silent, itself. Null for every other alarm, and when it is not known. */
	behind({ rule, subject, asset }: Pick<Alarm, "rule" | "subject" | "asset">): string | null {
		if (!isSilenceRule(rule)) return null;
		if (asset !== null) {
			const source = this.sourceOf(asset);
			return source === null ? null : this.nameOf(source);
		}
		return /^(device|door):/.test(subject) ? this.nameOf(subject.slice(subject.indexOf(":") + 1)) : null;
	}

	/** Device that feeds its first row that has one. */
	private sourceOf(asset: string): string | null {
		for (const { row } of this.catalogue.assets.get(asset)?.channels ?? []) {
			const source = this.sources.sourceOf[row];
			if (source !== undefined) return source;
		}
		return null;
	}

	/** "mqtt/3f9a...": a door is no secret. */
	private nameOf(source: string): string {
		const door = doorOf(source);
		if (door === source) return door;
		return `${door}/${createHmac("sha256", this.key).update(source).digest("hex").slice(0, HEX_KEPT)}`;
	}
}
