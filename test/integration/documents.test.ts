// The papers of the duty room as others open them: a report of an incident made as DOCX and as PDF, the DOCX opened by LibreOffice
// without a screen, both read back as text.
// needs: libreoffice pdftotext
import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { OfficialDocument } from "../../geodata/model/document.ts";
import type { Incident } from "../../geodata/model/incident.ts";
import { incidentReport } from "../../geodata/model/incident_report.ts";
import { DocumentMaker } from "../../server/documents/maker.ts";

const run = promisify(execFile);
/** 2026-11-22 08:05 in Shenyang. */
const AT = Date.UTC(2026, 10, 22, 0, 5);

const incident: Incident = {
	no: "2101-20261122-003",
	type: "heat",
	title: "文体路一次管网爆管",
	level: 3,
	place: { district: "210102", lon: 123.4123, lat: 41.7812, address: "文体路 12 号" },
	cause: null,
	rootAlarm: null,
	alarms: [],
	joined: 0,
	source: "call",
	reporter: { name: "王先生", phone: "13800000000" },
	state: "open",
	tier: "city",
	owner: { district: "210100", unit: null, user: null },
	offer: null,
	commander: "赵国栋",
	openedAt: AT,
	closedAt: null,
	result: null,
	facts: { households: 3_200, dead: 0, injured: 1 },
	byHand: [],
	measures: "已关闭上下游阀门，抢修队伍 2 支到场，启用备用热源，并对沿线居民逐户通知。",
	situation: "路面塌陷约 12 平方米，热水外溢。",
	clocks: [],
	resources: [],
	drawings: [],
	pushed: null,
	drill: false,
};

function report(): OfficialDocument {
	return incidentReport("first", {
		incident,
		tasks: [],
		lines: [],
		rootAlarm: null,
		districtName: "沈阳市和平区",
		issuer: "沈阳市住房城乡建设运行安全值班室",
		to: "辽宁省住房城乡建设运行安全值班室",
		now: AT + 1_800_000,
		demo: true,
	});
}

/** What must be found, wherever a page breaks its lines. */
const FACTS = [
	"2026年11月22日8时05分",
	"沈阳市和平区文体路12号",
	"3200户",
	"死亡0人，受伤1人，失联待核",
	"已关闭上下游阀门，抢修队伍2支到场，启用备用热源，并对沿线居民逐户通知。",
	"路面塌陷约12平方米",
	"关于沈阳市和平区文体路一次管网爆管事件的初报",
	"特急",
];

async function folder(): Promise<string> {
	const made = await fs.mkdtemp(path.join(os.tmpdir(), "documents-"));
	onTestFinished(() => fs.rm(made, { recursive: true, force: true }));
	return made;
}

async function bytesOf(document: OfficialDocument, form: "docx" | "pdf"): Promise<Buffer> {
	const made = await new DocumentMaker().make(document, form);
	if (!Buffer.isBuffer(made)) throw new Error(made.problem);
	return made;
}

async function textOf(pdf: string): Promise<string> {
	const { stdout } = await run("pdftotext", ["-enc", "UTF-8", pdf, "-"]);
	return stdout.replaceAll(/\s/g, "");
}

test("DOC12 LibreOffice opens the DOCX of a first report: time, place, households, casualties and measures are in it, on A4", async () => {
	const here = await folder();
	const file = path.join(here, "report.docx");
	await fs.writeFile(file, await bytesOf(report(), "docx"));
	// A profile of its own: another LibreOffice of this user is not asked and not waited for.
	const profile = `-env:UserInstallation=file://${path.join(here, "profile")}`;
	await run("soffice", [profile, "--headless", "--convert-to", "pdf", "--outdir", here, file], { timeout: 90_000 });
	const pdf = path.join(here, "report.pdf");
	const words = await textOf(pdf);
	for (const fact of FACTS) expect(words).toContain(fact);
	const { stdout } = await run("pdfinfo", [pdf]);
	expect(stdout).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
	// 7.3.3: the first page must show body text; here it begins with what, when and where.
	const first = await run("pdftotext", ["-l", "1", pdf, "-"]);
	expect(first.stdout.replaceAll(/\s/g, "")).toContain("发生供热类事件");
	// 13800000000 belongs to a person and has no place in a paper that goes round.
	expect(words).not.toContain("13800000000");
});

test("DOC13 the PDF of the same report says the same, with its fonts inside", async () => {
	const here = await folder();
	const pdf = path.join(here, "report.pdf");
	const bytes = await bytesOf(report(), "pdf");
	await fs.writeFile(pdf, bytes);
	const words = await textOf(pdf);
	for (const fact of FACTS) expect(words).toContain(fact);
	const { stdout } = await run("pdffonts", [pdf]);
	const fonts = stdout.trim().split("\n").slice(2);
	expect(fonts.length).toBeGreaterThan(0);
	for (const font of fonts) expect(font).toMatch(/NotoSerifSC\S*\s.*\byes yes yes\b/);
	// Cut down to its characters: the whole face is 14 MB.
	expect(bytes.length).toBeLessThan(300_000);
});

test("DOC14 a character that the face lacks shows as a box, and the rest stands", async () => {
	const here = await folder();
	const pdf = path.join(here, "odd.pdf");
	await fs.writeFile(pdf, await bytesOf({ ...report(), title: "关于\u{20000}村的报告", blocks: [] }, "pdf"));
	expect(await textOf(pdf)).toContain("关于□村的报告");
});
