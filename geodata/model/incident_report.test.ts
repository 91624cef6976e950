import { expect, test } from "vitest";
import { accidentGrade } from "./accident_grade.ts";
import { plainText } from "./document.ts";
import type { Incident } from "./incident.ts";
import { incidentReport } from "./incident_report.ts";
import type { ReportInput } from "./incident_report_parts.ts";
import type { LogLine } from "./register.ts";

/** 2026-11-22 08:05 in Shenyang. */
const AT = Date.UTC(2026, 10, 22, 0, 5);
const MINUTE = 60_000;

function incident(more: Partial<Incident> = {}): Incident {
	return {
		no: "2101-20261122-003",
		type: "heat",
		title: "文体路一次管网爆管",
		level: 3,
		place: { district: "210102", lon: 123.4123, lat: 41.7812, address: "文体路 12 号" },
		cause: null,
		rootAlarm: "a7",
		alarms: ["a7"],
		joined: 14,
		source: "alarm",
		reporter: null,
		state: "open",
		tier: "city",
		owner: { district: "210100", unit: null, user: "李敏" },
		offer: null,
		commander: null,
		openedAt: AT + 5 * MINUTE,
		closedAt: null,
		result: null,
		facts: { households: 3_200, stations: 14, hoursToCold: 6.25, dead: null },
		byHand: [],
		measures: "已关闭上下游阀门，抢修队伍 2 支到场。",
		situation: "文体路与南五马路交口路面塌陷，热水外溢。",
		clocks: [{ id: "follow-report", startAt: AT, dueAt: AT + 125 * MINUTE, doneAt: null }],
		resources: [],
		drawings: [],
		pushed: null,
		drill: false,
		...more,
	};
}

function input(more: Partial<Incident> = {}, lines: readonly LogLine[] = []): ReportInput {
	const task = {
		incident: "i3",
		title: "通知停热居民",
		assignee: { unit: null, person: null, user: "李敏" },
		dueAt: AT + 60 * MINUTE,
		from: "person" as const,
	};
	return {
		incident: incident(more),
		tasks: [
			{ task: { ...task, state: "open", result: null }, assignee: "李敏" },
			{ task: { ...task, title: "关闭阀门", state: "done", result: "8时20分关闭" }, assignee: null },
		],
		lines,
		rootAlarm: { name: "南湖换热首站", raisedAt: AT, judged: "供水压力 0.62 MPa，限值 0.80 MPa", clause: "设计值" },
		districtName: "沈阳市和平区",
		issuer: "沈阳市住房城乡建设运行安全值班室",
		to: "辽宁省住房城乡建设运行安全值班室",
		now: AT + 30 * MINUTE,
		demo: true,
	};
}

function line(kind: string, at: number, detail: Record<string, unknown>, n = 1): LogLine {
	return { n, subject: "incident:i3", kind, at, by: "李敏", district: "210102", system: "heating", detail };
}

test("DOC6 the first report holds time, place, households, casualties and measures of the record", () => {
	const document = incidentReport("first", input());
	const words = plainText(document);
	expect(document.title).toBe("关于沈阳市和平区文体路一次管网爆管事件的初报");
	expect(document.urgency).toBe("特急");
	for (const part of [
		"2026年11月22日8时05分，沈阳市和平区文体路 12 号发生供热类事件",
		"地点：沈阳市和平区文体路 12 号（东经 123.4123°，北纬 41.7812°）",
		"受影响户数：3200 户",
		"室温降至 16 °C：6.3 h",
		"已关闭上下游阀门，抢修队伍 2 支到场。",
		"已完成任务 1 项：关闭阀门（8时20分关闭）",
		"通知停热居民\t李敏\t11-22 09:05\t进行中",
		"供水压力 0.62 MPa，限值 0.80 MPa，依据设计值",
		"续报时限：11月22日10时10分前（距现在 1 小时 35 分钟）",
	])
		expect(words).toContain(part);
});

test("DOC7 what nobody has entered is written 待核, a zero that was entered is a zero", () => {
	const unknown = plainText(incidentReport("first", input({ facts: {}, measures: "", situation: "" })));
	expect(unknown).toContain("死亡 待核，受伤 待核，失联 待核");
	expect(unknown).toContain("受影响户数：待核");
	expect(unknown).toContain("二、影响范围和人员伤亡");
	expect(unknown).toContain("三、已采取的措施\n待核。");
	const known = plainText(incidentReport("first", input({ facts: { dead: 0, injured: 2, missing: 0 } })));
	expect(known).toContain("死亡 0 人，受伤 2 人，失联 0 人");
	expect(known).not.toContain("初判为");
	expect(unknown).not.toMatch(/undefined|null|NaN/);
});

test("DOC8 a follow-report tells what came after the last report and counts itself", () => {
	const lines = [
		line("note", AT + 6 * MINUTE, { text: "现场开始抽水" }, 1),
		line("report", AT + 10 * MINUTE, { kind: "first" }, 2),
		line("report", AT + 12 * MINUTE, { kind: "follow" }, 3),
		line("decision", AT + 20 * MINUTE, { text: "启用备用热源", reason: "降温" }, 4),
	];
	const document = incidentReport("follow", input({}, lines));
	const words = plainText(document);
	expect(document.number).toBe("2101-20261122-003　续报（第 2 次）");
	expect(words).toContain("11-22 08:25\t决定\t启用备用热源；降温\t李敏");
	expect(words).not.toContain("现场开始抽水");
	expect(words).toContain("11月22日8时17分已报告");
});

test("DOC9 the final report tells the whole course and the result", () => {
	const lines = [line("opened", AT + 5 * MINUTE, {}), line("note", AT + 6 * MINUTE, { text: "现场开始抽水" }, 2)];
	const closed = { state: "closed" as const, closedAt: AT + 600 * MINUTE, result: "管段更换，恢复供热。" };
	const words = plainText(incidentReport("final", input(closed, lines)));
	expect(words).toContain("处置结束时间：11月22日18时05分");
	expect(words).toContain("11-22 08:11\t记录\t现场开始抽水\t李敏");
	expect(words).toContain("管段更换，恢复供热。");
	expect(plainText(incidentReport("final", input({ result: null })))).toContain("处置结果\n待核。");
});

test("DOC10 a drill says so in its title and on every page", () => {
	const document = incidentReport("first", input({ drill: true }));
	expect(document.title.startsWith("【演练】")).toBe(true);
	expect(document.warning).toBe("演练　不作上报依据");
});

test("DOC11 the grade of an accident includes its lower figure", () => {
	expect([2, 3, 9, 10, 29, 30].map((dead) => accidentGrade(dead, null))).toEqual([
		"一般",
		"较大",
		"较大",
		"重大",
		"重大",
		"特别重大",
	]);
	expect([999, 1_000, 5_000, 10_000].map((loss) => accidentGrade(null, loss))).toEqual([
		"一般",
		"较大",
		"重大",
		"特别重大",
	]);
	expect(accidentGrade(null, null)).toBeNull();
	expect(accidentGrade(0, 0)).toBeNull();
});
