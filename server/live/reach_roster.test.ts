import { expect, test } from "vitest";
import type { Entry } from "#model/register.ts";
import { rosters } from "./reach_roster.ts";
import type { RegisterReader } from "./register.ts";

/** 10:00 civil time of a day whose first shift began at 08:00. */
const NOW = Date.UTC(2026, 10, 23, 2);
const ROTA = { changes: ["08:00"], teams: [{ name: "甲班", people: ["周", "王"] }] };

function registerOf(entries: readonly Partial<Entry>[]): RegisterReader {
	const all = (kind: string) => entries.filter((entry) => entry.kind === kind);
	return {
		revision: 1,
		all: (kind: string) => all(kind),
		find: (kind: string, id: string) => all(kind).find((entry) => entry.id === id) ?? null,
	} as unknown as RegisterReader;
}

function rotaOf(id: string, people: string[]): Partial<Entry> {
	return { kind: "rota", id, body: { rota: { ...ROTA, teams: [{ name: "班", people }] }, swaps: [] } };
}

test("T-44 the nearest roster is asked: county, city, province, then the folder's own", () => {
	const entries = [rotaOf("210102", ["县"]), rotaOf("210100", ["市"]), rotaOf("210000", ["省"])];
	const roster = rosters(registerOf(entries), JSON.stringify(ROTA));
	expect(roster(NOW, "210102").people).toEqual(["县"]);
	expect(roster(NOW, "210103").people).toEqual(["市"]);
	expect(roster(NOW, "210202")).toMatchObject({ people: ["省"], lead: "省" });
	expect(rosters(registerOf([]), JSON.stringify(ROTA))(NOW, "210102")).toEqual({ people: ["周", "王"], lead: "周" });
	expect(rosters(registerOf([]), null)(NOW, "210102")).toEqual({ people: [], lead: null });
});

test("T-44 a shift that was not handed over stays on duty, and its users are known by name", () => {
	const shift = (at: number, people: string[]) => ({ at, name: "班", people });
	const at = Date.UTC(2026, 10, 22, 0);
	const body = {
		district: "210000",
		shift: shift(at, ["旧甲", "旧乙"]),
		next: shift(at + 86_400_000, ["省"]),
		taken: [{ user: "duty-1", name: "旧乙", at }],
		text: "",
		note: null,
		signatures: [],
	};
	const roster = rosters(
		registerOf([rotaOf("210000", ["省"]), { kind: "handover", id: "210000-202611220800", body }]),
		null,
	);
	expect(roster(NOW, "210000")).toEqual({
		people: ["旧甲", "旧乙"],
		lead: "旧甲",
		users: [{ user: "duty-1", name: "旧乙" }],
	});
});
