// What the heart hands to the doors: the one door's `accept`, who a device is, where refusals go. Keeps the counters true.
import type { DoorName } from "#model/catalogue.ts";
import type { Problem } from "#model/problem.ts";
import type { Reading } from "#model/reading.ts";
import type { DeviceGrant } from "./devices.ts";
import type { Heart } from "./heart.ts";
import { doorOf } from "./sources.ts";

export interface DoorLog {
	info(message: string): void;
	warn(message: string): void;
}

/** @param isLoud whether a line about this source may be logged now. */
export function doorContext(heart: Heart, log: DoorLog, isLoud: (source: string) => boolean) {
	const { catalogue, clock, counters, devices, pacer, pipeline, quarantine } = heart;
	return {
		now: () => clock.now(),
		after: (ms: number, run: () => void) => clock.after(ms, run),
		accept(readings: readonly Reading[], source: string) {
			const taken = pipeline.accept(readings, source);
			counters.of(doorOf(source) as DoorName).readings += taken.accepted;
			return taken;
		},
		check: (door: DoorName, address: string | null, key: string): DeviceGrant | Problem =>
			devices.check(door, address, key),
		measureOf(asset: string, protocol: "hj212" | "sl651", code: string): string | null {
			return (
				catalogue.assets.get(asset)?.kind.measures.find((measure) => measure.codes?.[protocol] === code)?.id ?? null
			);
		},
		placeOf(asset: string): { district: string; kind: string } | null {
			const known = catalogue.assets.get(asset);
			return known === undefined ? null : { district: known.record.district, kind: known.kind.id };
		},
		refused(door: DoorName, address: string, code: string, sample: Uint8Array): void {
			counters.refused(door, code);
			if (code === "unknown-device") quarantine.add(door, address, code, sample, clock.now());
			if (isLoud(`${door}/${address}/${code}`)) log.warn(`${door}: ${address} refused: ${code}`);
		},
		frame(door: DoorName): void {
			counters.of(door).frames += 1;
		},
		paceMs: (source: string, count: number) => pacer.waitMs(source, count, clock.now()),
		fault(door: DoorName, fault: string | null): void {
			counters.of(door).fault = fault;
		},
		log,
	};
}
