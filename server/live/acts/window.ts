// Plans of the acts on maintenance windows. Who may is decided by the engine, what a window suppresses by live/windows.ts.
import type { LineKind } from "#model/line_kind.ts";
import { type Problem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, entrySubject, holds, type NewLine, type Put } from "#model/register.ts";
import { inScope } from "#model/rights.ts";
import { concerns, type MaintenanceWindow, spanAt, type windowActs } from "#model/window.ts";
import type { ActContext, Plan, Plans } from "../act.ts";

/** As many as one window may name. */
const EXCEPT_MAX = 500;

export const windowPlans: Plans<typeof windowActs> = {
	"window.put": ({ id, window }, context) => {
		const before = id === undefined ? null : context.register.find<MaintenanceWindow>("window", id);
		if (id !== undefined && before === null) return problem("not-found", "no such window in your scope");
		if (window.to <= context.now) return problem("bad-window", "it is over already", "window.to");
		const own = id ?? context.newId("w");
		const except = window.except ?? before?.body.except;
		const puts = placed(own, except === undefined ? window : { ...window, except }, context);
		if ("problem" in puts) return puts;
		return planOf(puts, before === null ? "made" : "changed", { window }, { id: own });
	},
	"window.end": ({ id, note }, context) => {
		const entry = context.register.find<MaintenanceWindow>("window", id);
		if (entry === null || !holds(context.who.scope, entry)) return problem("not-found", "no such window in your scope");
		if (entry.body.to <= context.now) return problem("already", "the window is over");
		// One that has not begun never will.
		const to = Math.max(context.now, entry.body.from);
		const body = { ...entry.body, to };
		return planOf({ ...entry, body, removed: to === entry.body.from }, "ended", { note }, { id });
	},
	"window.release": ({ alarm: id, note }, context) => {
		const alarm = context.alarms.get(id);
		if (alarm === null || !inScope(context.who.scope, alarm))
			return problem("not-found", "no such alarm in your scope");
		if (alarm.suppressedBy === null) return problem("already", "no window hides the alarm");
		const over = context.register
			.all<MaintenanceWindow>("window")
			.filter(({ body }) => spanAt(body, context.now) !== null && concerns(body, alarm));
		if (over.length === 0) return problem("already", "no window hides the alarm");
		if (over.some(({ body }) => (body.except?.length ?? 0) >= EXCEPT_MAX))
			return problem("too-many", "so many were taken out: end the window instead");
		const { district, system } = alarm;
		return {
			entries: over.map((entry) => ({
				...entry,
				body: { ...entry.body, except: [...(entry.body.except ?? []), id] },
			})),
			lines: [
				...over.map(
					(entry): NewLine => ({
						subject: entrySubject("window", entry.id),
						kind: "released",
						district: entry.district,
						system: entry.system,
						detail: { alarm: id, note },
					}),
				),
				{
					subject: `alarm:${id}`,
					kind: "released",
					district,
					system,
					detail: { note, windows: over.map(({ body }) => body.name) },
				},
			],
			answer: { windows: over.map((entry) => entry.id) },
		};
	},
};

/** The entry with the place that decides who sees and may change it: the smallest that holds all it names. */
function placed(id: string, window: MaintenanceWindow, { catalogue }: ActContext): Put<MaintenanceWindow> | Problem {
	const districts = [...window.districts];
	const systems = new Set(window.systems);
	for (const name of window.assets) {
		const asset = catalogue.assets.get(name);
		if (asset === undefined) return problem("unknown-asset", `no asset ${name}`, "window.assets");
		districts.push(asset.record.district);
		systems.add(asset.system);
	}
	const [system] = systems;
	return {
		kind: "window",
		id,
		district: common(districts),
		system: systems.size === 1 && system !== undefined ? system : ANY_SYSTEM,
		body: window,
	};
}

/** The district, city or province that holds all of them; of none: the province. */
function common(districts: readonly string[]): string {
	const [first = "210000"] = districts;
	if (districts.every((code) => code === first)) return first;
	const city = `${first.slice(0, 4)}00`;
	return districts.every((code) => code.startsWith(first.slice(0, 4))) ? city : `${first.slice(0, 2)}0000`;
}

function planOf(put: Put, kind: LineKind, detail: NewLine["detail"], answer: Plan["answer"]): Plan {
	const { id, district, system } = put;
	return { entries: [put], lines: [{ subject: entrySubject("window", id), kind, district, system, detail }], answer };
}
