// Where the subject of a log line or a photo stands, so that scope can be asked: an alarm, an asset or channel, an entry of the
// register, a district. Called by plans. It tells nothing about kinds that never leave core.
import { isRecordKind, reachOf } from "#model/register.ts";
import type { Place } from "#model/rights.ts";
import type { ActContext } from "./act.ts";

/** @returns null when there is no such thing. */
export function placeOfSubject(
	subject: string,
	{ alarms, catalogue, register }: Pick<ActContext, "alarms" | "catalogue" | "register">,
): (Place & { readonly asset: string | null }) | null {
	const colon = subject.indexOf(":");
	const type = subject.slice(0, colon);
	const name = subject.slice(colon + 1);
	if (type === "alarm") {
		const alarm = alarms.get(name);
		return alarm === null ? null : { district: alarm.district, system: alarm.system, asset: alarm.asset };
	}
	if (type === "asset" || type === "channel") {
		const asset = catalogue.assets.get(name.split("/")[0] ?? "");
		return asset === undefined
			? null
			: { district: asset.record.district, system: asset.system, asset: asset.record.id };
	}
	if (!isRecordKind(type) || reachOf(type) === "private") return null;
	const entry = register.find(type, name);
	return entry === null ? null : { district: entry.district, system: entry.system, asset: null };
}
