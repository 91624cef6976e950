// The contact book and the chain of an alarm over a whole server in one process: core with its store and its doors, web in front.
import { afterAll, beforeAll, expect, test } from "vitest";
import { UNIT_COLUMNS } from "../../geodata/model/contact_columns.ts";
import { readSheets } from "../../server/sheets/read_sheets.ts";
import { writeSheets } from "../../server/sheets/write_sheets.ts";
import type { Api } from "../support/api.ts";
import { type OneProcess, startOneProcess } from "../support/one_process.ts";
import { until } from "../support/until.ts";

let server: OneProcess;
beforeAll(async () => {
	server = await startOneProcess();
});
afterAll(() => server.stop());
const as = (role: string): Promise<Api> => server.as(role);

interface Listed {
	readonly entries: readonly {
		kind: string;
		id: string;
		body: { name: string; phones?: string[]; phone24h?: string | null };
	}[];
}
const book = async (api: Api): Promise<Listed["entries"]> =>
	(await api.get<Listed>("/api/register?kinds=unit,person")).entries;
let nth = 0;
const commandId = (): string => `contacts-test-${++nth}`;

test("no page ever holds a whole number; one is given to whom may, when it stands on record", async () => {
	const viewer = await as("viewer");
	const duty = await as("duty");
	for (const api of [viewer, duty]) expect(JSON.stringify(await book(api))).not.toMatch(/0000\d{4}/);
	const person = (await book(duty)).find(({ kind }) => kind === "person");
	const body = { commandId: commandId(), kind: "person", id: person?.id, why: "核实" };
	expect((await viewer.ask("POST", "/api/contacts/reveal", body)).status).toBe(403);
	const shown = await duty.must<{ phones: string[] }>("POST", "/api/contacts/reveal", body);
	expect(shown.phones[0]).toMatch(/^0000000\d{4}$/);
	const { lines } = await duty.get<{ lines: { kind: string; by: string; detail: object }[] }>(
		`/api/log?subject=person:${person?.id}`,
	);
	expect(lines.at(-1)).toMatchObject({ kind: "revealed", detail: { why: "核实" } });
	expect(JSON.stringify(lines)).not.toContain(shown.phones[0]);
	const audits = await (await as("administrator")).get("/api/audit?after=0&limit=5000");
	expect(JSON.stringify(audits)).toContain("contact.reveal");
	expect(JSON.stringify(audits)).not.toContain(shown.phones[0]);
	expect(
		(await duty.ask("POST", "/api/contacts/reveal", { ...body, commandId: commandId(), id: "p999999" })).status,
	).toBe(404);
});

test("a sheet is taken whole, twice is once, and one bad row is answered with its place and leaves everything as it was", async () => {
	const lead = await as("lead");
	const row = ["演示新单位", "运行单位", "沈阳市和平区", "城市供热", "", "024-00009999", "", "", ""];
	const hand = async (rows: string[][], api = lead) => {
		const response = await fetch(`${server.url}/api/contacts/import?commandId=${commandId()}`, {
			method: "POST",
			headers: {
				cookie: api.cookie,
				"content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			},
			body: new Uint8Array(writeSheets([{ name: "单位", rows: [[...UNIT_COLUMNS], ...rows], widths: [] }])),
		});
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	};
	expect((await hand([row], await as("duty"))).status).toBe(403);
	const before = (await book(lead)).length;
	const bad = await hand([row, ["坏行", "公司", "和平区", "", "", "", "", "", ""]]);
	expect(bad.status).toBe(422);
	expect(bad.body.faults).toMatchObject([{ sheet: "单位", row: 3, column: "类别" }]);
	expect((await book(lead)).length).toBe(before);
	expect((await hand([row])).body).toMatchObject({ ok: true, units: 1, people: 0 });
	expect((await hand([row])).body).toMatchObject({ ok: true, units: 0, people: 0, unchanged: 1 });
	await until("the page's book has it", async () => (await book(lead)).length === before + 1);
});

test("what is taken away as a sheet comes back without changing anything", async () => {
	const lead = await as("lead");
	const response = await fetch(`${server.url}/api/contacts/export`, { headers: { cookie: lead.cookie } });
	const bytes = new Uint8Array(await response.arrayBuffer());
	const sheets = await readSheets(bytes);
	expect(JSON.stringify(sheets)).not.toMatch(/0000\d{4}/);
	const again = await fetch(`${server.url}/api/contacts/import?commandId=${commandId()}`, {
		method: "POST",
		headers: { cookie: lead.cookie, "content-type": "application/octet-stream" },
		body: bytes,
	});
	expect(await again.json()).toMatchObject({ ok: true, units: 0, people: 0 });
});

interface ChainAnswer {
	readonly chain: { readonly steps: readonly { step: string; state: string; by: string | null }[] };
	readonly reading: { readonly value: number; readonly receivedAt: number } | null;
	readonly device: readonly { door: string; address: string }[];
	readonly rule: { readonly limit: { readonly id: string; readonly setBy: string } } | null;
}

test("the chain of an alarm: measured by a device, judged by a rule, acknowledged and called by name, with what is missing", async () => {
	const duty = await as("duty");
	const at = Date.now();
	const reading = { asset: "spare-hj212", measure: "pm10", at, value: 1_900, quality: "good" } as const;
	for (const later of [0, 1, 2, 3]) server.core.heart.pipeline.accept([{ ...reading, at: at + later }], "hj212/test");
	interface Open {
		readonly alarms: readonly { id: string; subject: string; occurrence: number }[];
	}
	const found = await until("an alarm of the spare", async () =>
		(await duty.get<Open>("/api/alarms")).alarms.find(({ subject }) => subject.includes("spare-hj212")),
	);
	const { id, occurrence } = found;
	await duty.must("POST", `/api/alarms/${id}/acknowledge`, { commandId: commandId(), occurrence });
	const person = (await book(duty)).find(({ kind }) => kind === "person");
	const call = { subject: `alarm:${id}`, person: person?.id, unit: null, startedAt: at, seconds: 20, result: "sent" };
	await duty.must("POST", "/api/acts/call.log", { commandId: commandId(), ...call });
	const told = await duty.get<ChainAnswer>(`/api/alarms/${id}/chain`);
	const state = (step: string) => told.chain.steps.find((one) => one.step === step);
	expect(told.reading?.value).toBe(1_900);
	expect(told.device[0]).toMatchObject({ door: "hj212" });
	expect(told.rule?.limit.setBy).not.toBe("");
	expect(state("confirmed")).toMatchObject({ state: "done", by: "demo-duty" });
	expect(state("called")).toMatchObject({ state: "done", by: "demo-duty" });
	expect(state("shown")?.state).not.toBe("done");
	expect((await duty.ask("GET", `/api/alarms/${id}/chain?occurrence=99`)).status).toBe(404);
	expect((await duty.ask("GET", "/api/alarms/nothing/chain")).status).toBe(404);
});
