// Finding in the contact book: by district and trade, by words of a name or unit, by pinyin or its initials, by the last digits of a
// number. Pure; the spelling of names is handed in, because it is fetched only when somebody types letters.
import type { Person, Unit, UnitKind } from "#model/contact.ts";
import { cityOf, districtPrefix } from "#model/ids.ts";
import type { Entry } from "#model/register.ts";
import { counted } from "../../text/numerals.ts";

export interface Spelt {
	/** "zs" and "zhangsan" of 张三. */
	readonly initials: string;
	readonly whole: string;
}
export type Spell = (name: string) => Spelt;

export interface BookFilter {
	/** GB/T 2260 code; null: the whole province. A city holds its counties. */
	readonly district: string | null;
	/** null: every system. */
	readonly system: string | null;
	readonly text: string;
}

export interface FoundUnit {
	readonly unit: Entry<Unit>;
	/** People of it that the text found; all of them are shown when it found the unit itself. */
	readonly people: readonly Entry<Person>[];
}

/** Digits at the end of a number that a mask leaves. */
const TAIL = 4;

export function findUnits(
	units: readonly Entry<Unit>[],
	peopleOf: ReadonlyMap<string, readonly Entry<Person>[]>,
	filter: BookFilter,
	spell: Spell | null,
): readonly FoundUnit[] {
	const prefix = filter.district === null ? "" : districtPrefix(filter.district);
	const words = filter.text
		.trim()
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== "");
	return units
		.filter(({ body }) => body.district.startsWith(prefix))
		.filter(({ body }) => filter.system === null || body.systems.length === 0 || body.systems.includes(filter.system))
		.flatMap((unit): FoundUnit[] => {
			const people = peopleOf.get(unit.id) ?? [];
			if (words.length === 0) return [{ unit, people: [] }];
			const isUnit = words.every(
				(word) => isName(word, unit.body.name, spell) || isTail(word, [unit.body.phone24h ?? ""]),
			);
			const found = people.filter(({ body }) =>
				words.every(
					(word) =>
						isName(word, body.name, spell) ||
						isTail(word, body.phones) ||
						body.duty.includes(word) ||
						isName(word, unit.body.name, spell),
				),
			);
			return isUnit || found.length > 0 ? [{ unit, people: isUnit ? [] : found }] : [];
		})
		.sort(byPlace);
}

function isName(word: string, name: string, spell: Spell | null): boolean {
	if (name.toLowerCase().includes(word)) return true;
	if (spell === null || !/^[a-z]+$/.test(word)) return false;
	const { initials, whole } = spell(name);
	return initials.includes(word) || whole.includes(word);
}

function isTail(word: string, phones: readonly string[]): boolean {
	if (!/^\d{2,}$/.test(word)) return false;
	return phones.some((phone) => phone.replace(/[^0-9]/g, "").endsWith(word.slice(-TAIL)));
}

/** Who commands and who oversees stand before who runs things. */
const RANK: readonly UnitKind[] = ["command", "authority", "operator", "team", "hospital", "enterprise", "other"];

/** Province, then city by city, each before its counties; there by kind, then by name as a person counts. */
function byPlace(a: FoundUnit, b: FoundUnit): number {
	const [one, other] = [a.unit.body, b.unit.body];
	return (
		one.district.localeCompare(other.district) ||
		RANK.indexOf(one.kind) - RANK.indexOf(other.kind) ||
		counted(one.name).localeCompare(counted(other.name), "zh-CN", { numeric: true }) ||
		Number(a.unit.id < b.unit.id ? -1 : 1)
	);
}

export interface DistrictCount {
	readonly code: string;
	readonly count: number;
	readonly counties: readonly { readonly code: string; readonly count: number }[];
}

/** Cities that have units, with their counties; the province's own units stand under its own code, first. */
export function districtTree(units: readonly Entry<Unit>[]): readonly DistrictCount[] {
	const counts = new Map<string, number>();
	for (const { body } of units) counts.set(body.district, (counts.get(body.district) ?? 0) + 1);
	const codes = [...counts.keys()].sort();
	const cities = [...new Set(codes.map(cityOf))];
	return cities.map((city) => {
		const counties = codes
			.filter((code) => cityOf(code) === city && code !== city)
			.map((code) => ({ code, count: counts.get(code) ?? 0 }));
		const own = counts.get(city) ?? 0;
		return { code: city, count: own + counties.reduce((sum, { count }) => sum + count, 0), counties };
	});
}

/** Spelling of names, each worked out once. Fetched when the first letter is typed: it is the largest part of the page. */
export async function loadSpelling(): Promise<Spell> {
	const { pinyin } = await import("pinyin-pro");
	const known = new Map<string, Spelt>();
	return (name) => {
		const before = known.get(name);
		if (before !== undefined) return before;
		const whole = pinyin(name, { toneType: "none", type: "array", nonZh: "consecutive", v: true })
			.join("")
			.toLowerCase();
		const initials = pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive" })
			.join("")
			.toLowerCase();
		const spelt = { initials, whole };
		known.set(name, spelt);
		return spelt;
	};
}
