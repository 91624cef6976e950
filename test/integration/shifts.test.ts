// Shifts and the morning brief over a whole server in one process, its clock moved by hand: a roster, 到班, the hand-over note, two
// signatures, and figures of the brief against the routes that it names as their source.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_ROTA } from "#geodata/liaoning/demo/rota.ts";
import type { Severity } from "#model/measure.ts";
import { type Block, blockText } from "../../geodata/model/document.ts";
import { type Clock, systemClock } from "../../server/clock.ts";
import { Api } from "../support/api.ts";
import { type OneProcess, startOneProcess } from "../support/one_process.ts";
import { until } from "../support/until.ts";

const HOUR = 3_600_000;
const ROTA = {
	changes: ["08:00", "20:00"],
	teams: [
		{ name: "甲班", people: ["王志强", "李敏"] },
		{ name: "乙班", people: ["张伟", "刘洋"] },
	],
};
/** 2026-11-22 10:00 in Shenyang, whatever the machine says. */
const START = Date.UTC(2026, 10, 22, 2);

let server: OneProcess;
let offset = START - Date.now();
const clock: Clock = { ...systemClock, now: () => Date.now() + offset };

beforeAll(async () => {
	server = await startOneProcess(clock);
});
afterAll(() => server.stop());
const as = (role: string): Promise<Api> => server.as(role);

let commands = 0;
function act(api: Api, name: string, body: object) {
	commands += 1;
	return api.ask<any>("POST", `/api/acts/${name}`, { commandId: `shift-test-${commands}`, ...body });
}

function raise(subject: string, severity: Severity, why: string): void {
	const facts = { value: null, limit: null, clause: null, unverified: false };
	server.core.heart.alarms.set(subject, "test", { severity, at: clock.now(), why, ...facts });
}

interface Told {
	readonly duty: {
		readonly holder: string;
		readonly byRoster: string;
		readonly overdueMs: number;
		readonly people: string[];
	};
	readonly shifts: readonly { readonly id: string; readonly state: string; readonly people: string[] }[];
}
const shiftsOf = (api: Api): Promise<Told> => api.get<Told>("/api/shifts");

test("SH1 a demo without a past has a roster from its first minute; the river names the same shifts", async () => {
	const officer = await as("duty");
	const told = await officer.get<any>("/api/shifts");
	expect(told.rota).toEqual(DEMO_ROTA);
	expect(told.onDuty).toMatchObject({ district: "210000", name: told.duty.name, people: told.duty.people });
	expect(DEMO_ROTA.teams.map(({ people }) => people)).toContainEqual(told.duty.people);
	const river = await officer.get<any>(`/api/alarms/river?from=${START - 24 * HOUR}&to=${START}&step=${HOUR}`);
	expect(river.shifts.at(-1)).toMatchObject({ name: told.duty.name, people: told.duty.people });
});

test("SH5 a hand-over: note of what is open, frozen by its hash, two people sign, and duty passes with the second", async () => {
	const [boss, officer, lead] = await Promise.all([as("administrator"), as("duty"), as("lead")]);
	expect((await act(boss, "shift.rota", { district: "210000", rota: ROTA })).status).toBe(200);
	const first = (await shiftsOf(officer)).duty;
	expect(first.holder).toBe("210000-202611220800");
	const id = first.holder;
	const [name = ""] = first.people;
	expect(await act(officer, "shift.take", { id, name: "无此人" })).toMatchObject({ status: 404 });
	expect((await act(officer, "shift.take", { id, name })).status).toBe(200);
	expect((await act(officer, "shift.log", { id, text: "市供热办来电询问气温" })).status).toBe(200);
	raise("district:210102", 3, "供水压力偏低");
	await until("the alarm is open", async () => {
		const { alarms } = await officer.get<any>("/api/alarms");
		return alarms.some(({ why }: any) => why === "供水压力偏低") || undefined;
	});
	// A page cannot say what is open: the server counts it.
	expect((await act(officer, "shift.handover", { id, text: "", blocks: [] })).status).toBe(404);
	const made = await officer.must<any>("POST", `/api/shifts/${id}/handover`, {
		commandId: "note-test-1",
		text: "注意压力",
	});
	const entry = await handover(officer, id);
	const words = blockText(entry.note.blocks as Block[]);
	for (const part of ["供水压力偏低", "市供热办来电询问气温", "注意压力", "橙色 1 条（未确认 1 条）", name])
		expect(words).toContain(part);
	const sha256 = createHash("sha256").update(words, "utf8").digest("hex");
	expect([made.sha256, entry.note.sha256]).toEqual([sha256, sha256]);

	offset += 11 * HOUR;
	const [bossLate, officerLate, leadLate] = await Promise.all([as("administrator"), as("duty"), as("lead")]);
	const late = (await shiftsOf(officerLate)).duty;
	expect(late).toMatchObject({ holder: id, byRoster: "210000-202611222000" });
	expect(late.overdueMs).toBeGreaterThanOrEqual(HOUR);
	// Who answers for a city that has no roster of its own is the province's holder, not the roster's next.
	const ofCity = await officerLate.get<any>("/api/shifts?district=210200");
	expect(ofCity).toMatchObject({ rota: null, duty: null, onDuty: { district: "210000", people: late.people } });
	expect(ofCity.onDuty.overdueMs).toBeGreaterThanOrEqual(HOUR);
	expect(await act(leadLate, "shift.sign", { id, side: "outgoing", name, sha256: "0".repeat(64) })).toMatchObject({
		status: 409,
		body: { problem: "changed" },
	});
	expect((await act(officerLate, "shift.sign", { id, side: "outgoing", name, sha256 })).body.passed).toBe(false);
	expect((await shiftsOf(officerLate)).duty.holder).toBe(id);
	const [next = ""] = entry.next.people;
	expect((await act(officerLate, "shift.sign", { id, side: "incoming", name: next, sha256 })).body.problem).toBe(
		"same-person",
	);
	expect((await act(leadLate, "shift.sign", { id, side: "incoming", name: next, sha256 })).body.passed).toBe(true);
	expect((await shiftsOf(officerLate)).duty).toMatchObject({ holder: "210000-202611222000", overdueMs: 0 });
	// Frozen: nobody makes another note under the same signatures.
	const again = await bossLate.ask<any>("POST", `/api/shifts/${id}/handover`, { commandId: "note-test-2", text: "改" });
	expect(again).toMatchObject({ status: 409, body: { problem: "already" } });
	expect((await handover(bossLate, id)).note.sha256).toBe(sha256);
	const kinds = (await bossLate.get<any>(`/api/log?subject=shift:${id}`)).lines.map(({ kind }: any) => kind);
	expect(kinds).toEqual(["taken", "note", "drafted", "signed", "signed", "passed"]);
	expect(lead.cookie).not.toBe("");
}, 60_000);

async function handover(api: Api, id: string): Promise<any> {
	const { entries } = await api.get<any>("/api/register?kinds=handover");
	return entries.find((entry: any) => entry.id === id).body;
}

test("SH6 a new note takes a single signature with it: who signed another text has not signed this one", async () => {
	const [officer, lead] = await Promise.all([as("duty"), as("lead")]);
	const { duty } = await shiftsOf(officer);
	const id = duty.holder;
	const [name = ""] = duty.people;
	await act(officer, "shift.take", { id, name });
	const made = await officer.must<any>("POST", `/api/shifts/${id}/handover`, { commandId: "note-test-3", text: "一" });
	expect((await act(officer, "shift.sign", { id, side: "outgoing", name, sha256: made.sha256 })).status).toBe(200);
	await lead.must<any>("POST", `/api/shifts/${id}/handover`, { commandId: "note-test-4", text: "二" });
	expect((await handover(officer, id)).signatures).toEqual([]);
	expect((await act(officer, "shift.sign", { id, side: "outgoing", name, sha256: made.sha256 })).status).toBe(409);
});

test("SH6 a signature holds the person of its account, beside the name that the roster has", async () => {
	const boss = await as("administrator");
	const password = "Ausweis-7391-Nord";
	const person = { password, mustChange: false, fullName: "钱立", roles: ["duty"] };
	await boss.must("PUT", "/api/users/qian", { ...person, scope: { districts: ["210000"], systems: null } });
	const own = new Api(server.url);
	await own.must("POST", "/api/session", { name: "qian", password });
	const { duty } = await shiftsOf(own);
	const id = duty.holder;
	const [name = ""] = duty.people;
	const { sha256 } = (await handover(own, id)).note;
	expect((await act(own, "shift.sign", { id, side: "outgoing", name, sha256 })).status).toBe(200);
	const entry = await handover(own, id);
	expect(entry.signatures).toMatchObject([{ side: "outgoing", name, user: "qian", fullName: "钱立" }]);
	const lines = (await own.get<any>(`/api/log?subject=shift:${id}`)).lines;
	expect(lines.at(-1)).toMatchObject({ kind: "signed", by: "qian", detail: { name: "钱立" } });
});

test("SH3 a swap stands in the roster of its shift; a viewer changes nothing", async () => {
	const [officer, planner] = await Promise.all([as("duty"), as("planner")]);
	const { shifts } = await shiftsOf(officer);
	const later = shifts.at(-1);
	const { at, people } = later as any;
	const swap = { district: "210000", at, out: people[0], in: "陈立新", note: "事假" };
	expect((await act(planner, "shift.swap", swap)).status).toBe(403);
	expect((await act(officer, "shift.swap", swap)).status).toBe(200);
	const after = (await shiftsOf(officer)).shifts.find(({ id }) => id === later?.id);
	expect(after?.people).toEqual(["陈立新", ...people.slice(1)]);
	const span = `from=${at - 6 * HOUR}&to=${at + 6 * HOUR}&step=${HOUR}`;
	const river = await officer.get<any>(`/api/alarms/river?${span}`);
	expect(river.shifts.find((shift: any) => shift.at === at)?.people).toEqual(after?.people);
});

test("DOC15 a hand-over note and a brief are handed out as DOCX and PDF with their names", async () => {
	const officer = await as("duty");
	for (const path of ["/api/shifts/210000-202611220800/handover", "/api/brief"])
		for (const [form, begins] of [
			["docx", "PK"],
			["pdf", "%PDF"],
		]) {
			const response = await fetch(`${server.url}${path}.${form}`, { headers: { cookie: officer.cookie } });
			expect(response.status).toBe(200);
			expect(
				Buffer.from(await response.arrayBuffer())
					.toString("latin1", 0, 4)
					.startsWith(begins ?? ""),
			).toBe(true);
			expect(response.headers.get("content-disposition")).toContain("filename*=UTF-8''");
		}
	expect((await officer.ask("GET", "/api/shifts/210000-209901010800/handover.pdf")).status).toBe(404);
	expect((await officer.ask("GET", "/api/incidents/i1/reports/second.docx")).status).toBe(404);
});

test("BR4 every count of the brief is the count of the route that it names", async () => {
	raise("district:210103", 4, "红");
	raise("district:210202", 2, "黄");
	offset += 14 * HOUR;
	const officer = await as("duty");
	const brief = await officer.get<any>("/api/brief");
	expect(brief.date).toBe("2026-11-23");
	const source = (id: string): string => brief.sources.find((one: any) => one.id === id).route;
	const river = await officer.get<any>(source("alarms"));
	const day = river.steps.at(-1);
	expect(brief.alarms.levels.map(({ trend }: any) => trend.count)).toEqual([...day.raised].reverse());
	expect(brief.alarms.total.count).toBe(day.raised.reduce((sum: number, count: number) => sum + count, 0));
	expect(brief.alarms.total.count).toBeGreaterThanOrEqual(3);
	const levels = (district: string) => brief.alarms.cities.find((city: any) => city.district === district).levels;
	expect([levels("210100"), levels("210200"), levels("210300")]).toEqual([
		[0, 0, 1, 1],
		[0, 1, 0, 0],
		[0, 0, 0, 0],
	]);
	expect(brief.longest.map(({ severity }: any) => severity)).toContain(4);
	const { alarms } = await officer.get<any>(source("open"));
	for (const { level, count } of brief.open.levels)
		expect(count).toBe(alarms.filter(({ severity }: any) => severity === level).length);
	// Before the log begins there is nothing to compare with.
	expect(brief.alarms.total.mean).toBeNull();
	expect((await officer.ask("GET", "/api/brief?date=2026-12-24")).status).toBe(400);
});
