// What the contact book lacks: units that cannot be reached at night, and places with assets for which nobody answers. Worked out anew
// when the book or the catalogue changes; assets of one place, trade and unit are asked about once.
import { useMemo } from "react";
import { type ContactBook, type Gap, gapsOfUnit, responsibleIn } from "#model/responsible.ts";
import { useChange, useLive } from "../live_context.ts";

export interface UnitGap {
	readonly id: string;
	readonly name: string;
	readonly gaps: readonly Gap[];
}

export interface AssetGap {
	readonly key: string;
	readonly district: string;
	readonly system: string;
	readonly assets: number;
	readonly gaps: readonly Gap[];
}

export interface Gaps {
	readonly units: readonly UnitGap[];
	readonly assets: readonly AssetGap[];
	readonly count: number;
}

/** Of units these are told by themselves; of assets only what the whole way lacks. */
const OF_WAY: readonly Gap["gap"][] = ["no-unit", "unknown-unit", "no-supervisor", "no-next"];

export function useGaps(book: ContactBook): Gaps {
	const live = useLive();
	const catalogue = useChange(live.catalogue.change);
	return useMemo(() => {
		const units = [...book.units.values()].flatMap((unit): UnitGap[] => {
			const gaps = gapsOfUnit(book, unit);
			return gaps.length === 0 ? [] : [{ id: unit.id, name: unit.body.name, gaps }];
		});
		// The revision is the reason to look again, not a value.
		const assets = catalogue < 0 ? [] : assetGaps(book, live.catalogue.assets);
		return { units, assets, count: units.length + assets.length };
	}, [book, live, catalogue]);
}

interface Asked {
	readonly system: string;
	readonly record: {
		readonly district: string;
		readonly fields?: Readonly<Record<string, string | number>> | undefined;
	};
}

function assetGaps(book: ContactBook, assets: readonly Asked[]): readonly AssetGap[] {
	const groups = new Map<string, { asked: Asked; count: number }>();
	for (const asked of assets) {
		const { district, fields } = asked.record;
		const key = `${district}/${asked.system}/${fields?.unit ?? fields?.operator ?? fields?.company ?? fields?.owner ?? fields?.builder ?? ""}`;
		const known = groups.get(key);
		if (known === undefined) groups.set(key, { asked, count: 1 });
		else known.count += 1;
	}
	return [...groups].flatMap(([key, { asked, count }]): AssetGap[] => {
		const { district, fields } = asked.record;
		const gaps = responsibleIn(book, { district, system: asked.system, fields }).gaps.filter(({ gap }) =>
			OF_WAY.includes(gap),
		);
		return gaps.length === 0 ? [] : [{ key, district, system: asked.system, assets: count, gaps }];
	});
}
