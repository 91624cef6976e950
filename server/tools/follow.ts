// npm run follow -- URL [--district CODE] [--system ID] [--json] [--cookie SECRET]: the live stream as lines, without a browser.
// It is a screen like any other: it follows its scope with values, answers every delta and comes back after a loss.
import { parseArgs } from "node:util";
import { io } from "socket.io-client";
import type { Transition } from "#model/alarm.ts";
import type { DeltaJson } from "#model/delta_json.ts";
import type { AlarmList, AlarmNews, Beat, Hello, Notice } from "#model/protocol.ts";

const USAGE = `npm run follow -- URL [--district 2101] [--system gas] [--json] [--cookie SECRET]
  URL         http://localhost:8080
  --district  GB/T 2260 code, or the first digits of one; may be given more than once
  --system    id of a system; may be given more than once
  --json      every message as one line of JSON instead of words
  --cookie    value of lw_session, where the demo's viewer is not enough`;

interface Row {
	readonly asset: string;
	readonly measure: string;
	readonly unit: string;
}

// `| head` closes the pipe when it has enough: that is an end, not a fault.
process.stdout.on("error", () => process.exit(0));

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		district: { type: "string", multiple: true },
		system: { type: "string", multiple: true },
		json: { type: "boolean", default: false },
		cookie: { type: "string" },
		help: { type: "boolean", short: "h", default: false },
	},
});
const url = positionals[0];
if (url === undefined || values.help || !URL.canParse(url)) {
	process.stderr.write(`${USAGE}\n`);
	process.exit(values.help ? 0 : 1);
}

const headers: Record<string, string> = values.cookie === undefined ? {} : { cookie: `lw_session=${values.cookie}` };
const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", timeStyle: "medium" });
const names = new Map<number, Row>();
let cursor: { epoch: number; revision: number } | null = null;
let alarmSeq: number | null = null;

const socket = io(url, { transports: ["websocket"], extraHeaders: headers, reconnectionDelayMax: 10_000 });
socket.on("connect_error", (error) => say("error", { message: error.message }, () => `× ${error.message}`));
socket.on("disconnect", (reason) => say("disconnect", { reason }, () => `× ${reason}`));
socket.on("hello", (hello: Hello) => {
	say(
		"hello",
		hello,
		() => `${hello.demo ? "演示数据 " : ""}epoch ${hello.epoch}, ${hello.user} (${hello.roles.join()})`,
	);
	if (cursor?.epoch !== hello.epoch) alarmSeq = null;
	// Rows belong to the epoch: their names are asked for first, so that no line has a bare number.
	readNames().then(follow, (error: unknown) => say("error", { message: String(error) }, () => `× ${String(error)}`));
});
socket.on("delta", (delta: DeltaJson) => {
	cursor = { epoch: delta.epoch, revision: delta.to };
	socket.emit("got", { revision: delta.to });
	if (values.json) return say("delta", delta, () => "");
	for (let i = 0; i < delta.rows.length; i++) line(deltaLine(delta, i));
});
socket.on("alarms", (list: AlarmList) => {
	alarmSeq = list.seq;
	say("alarms", list, () => `! ${list.alarms.length} open as of #${list.seq}`);
});
socket.on("alarm", (news: AlarmNews) => {
	if (news.seq !== null) alarmSeq = news.seq;
	say("alarm", news, () => alarmLine(news));
});
socket.on("urgent", (news: Transition) => say("urgent", news, () => alarmLine(news)));
socket.on("beat", (beat: Beat) => say("beat", beat, () => `· revision ${beat.revision}, alarms #${beat.alarmSeq}`));
socket.on("notice", (notice: Notice) => {
	say("notice", notice, () => `i ${JSON.stringify(notice)}`);
	if (notice.type === "catalogue") readNames().catch((error: unknown) => line(`× ${String(error)}`));
});
socket.on("problem", (problem: unknown) => say("problem", problem, () => `× ${JSON.stringify(problem)}`));

function follow(): void {
	const districts = (values.district ?? ["21"]).map((code) => code.padEnd(6, "0"));
	const scope = { districts, systems: values.system ?? null };
	socket.emit("follow", { scope, cells: null, cursor, alarmSeq, form: "json" });
}

async function readNames(): Promise<void> {
	const response = await fetch(new URL("/api/rows", url), { headers });
	if (!response.ok) throw new Error(`/api/rows: ${response.status}`);
	const { rows } = (await response.json()) as { rows: (Row & { row: number })[] };
	names.clear();
	for (const { row, ...name } of rows) names.set(row, name);
}

function deltaLine(delta: DeltaJson, i: number): string {
	const row = delta.rows[i] ?? -1;
	const name = names.get(row) ?? { asset: `row ${row}`, measure: "", unit: "" };
	const value = delta.value[i] ?? "–";
	const at = delta.at[i];
	const time = at === null || at === undefined ? "--:--:--" : clock.format(at);
	return `${time} ${name.asset} ${name.measure} ${value} ${name.unit} ${delta.quality[i]} ${delta.severity[i]}`;
}

function alarmLine({ seq, kind, alarm, by }: Transition): string {
	const who = by === null ? "" : ` by ${by}`;
	return `! #${seq ?? "未入库"} ${kind}${who} severity ${alarm.severity} ${alarm.name} ${alarm.why}`;
}

function say(event: string, payload: unknown, words: () => string): void {
	line(values.json ? JSON.stringify([event, payload]) : words());
}

function line(text: string): void {
	process.stdout.write(`${text}\n`);
}
