// Short forms for the files of geodata/systems: a measure, a limit and a clause with the usual values filled in, and
// Chinese before English. Called only while those files load; what comes out is plain data that survives JSON.
import type { Field } from "./catalogue.ts";
import type { Clause, Level, Limit } from "./limit.ts";
import type { Measure, Severity, Text } from "./measure.ts";

export function text(zh: string, en: string): Text {
	return { zh, en };
}

type Words = readonly [string, string];

/** A register field. Its unit for a number; nothing more for the other types. */
export function field(id: string, [zh, en]: Words, type: "text" | "number" | "date" = "text", unit?: string): Field {
	return { id, name: text(zh, en), type, ...(unit === undefined ? {} : { unit }) };
}

/** A register field with a closed list of answers. */
export function choice(id: string, [zh, en]: Words, choices: Readonly<Record<string, Words>>): Field {
	const list = Object.entries(choices).map(([key, words]) => ({ id: key, name: text(words[0], words[1]) }));
	return { id, name: text(zh, en), type: "choice", choices: list };
}

type MeasureForm = Partial<Omit<Measure, "id" | "name" | "unit" | "range">>;

/** Periodic, three decimals kept, one shown, silent after 3 min (three periods of a minute) unless told otherwise. */
export function measure(
	id: string,
	[zh, en]: Words,
	unit: string,
	range: readonly [number, number],
	form: MeasureForm = {},
): Measure {
	const usual = { scale: 3, decimals: 1, contract: "periodic", silentAfterMs: 180_000 } as const;
	return { id, name: text(zh, en), unit, range, ...usual, ...form };
}

const SEVERITY_OF = { blue: 1, yellow: 2, orange: 3, red: 4 } as const satisfies Record<string, Severity>;
type Ladder = { readonly [word in keyof typeof SEVERITY_OF]?: number };

type LimitForm = Pick<Limit, "measure" | "source" | "deadband"> &
	Partial<Omit<Limit, "id" | "levels">> & { readonly levels: Ladder };

/** An upper level limit without delays that one good reading inside clears, in force always, unless told otherwise. Levels mildest first. */
export function limit(id: string, form: LimitForm): Limit {
	const levels: Level[] = [];
	for (const word of ["blue", "yellow", "orange", "red"] as const) {
		const value = form.levels[word];
		if (value !== undefined) levels.push({ severity: SEVERITY_OF[word], value });
	}
	return {
		type: "level",
		direction: "above",
		onDelayMs: 0,
		offDelayMs: 0,
		clearReadings: 1,
		validFrom: null,
		validTo: null,
		setBy: "default",
		...form,
		id,
		levels,
	};
}

/** Blue after `seconds` without a reading. */
export function silence(id: string, measureId: string, seconds: number): Limit {
	return limit(id, {
		measure: measureId,
		type: "silence",
		levels: { blue: seconds },
		deadband: 0,
		source: source("工程默认值", "连续三个周期无数据", "E"),
	});
}

export function source(standard: string, clause: string, confidence: Clause["confidence"]): Clause {
	return { standard, clause, confidence };
}
