// The morning brief as an official document: short sections, every figure followed by the number of its source. Pure; the figures
// are brief.ts.
import { type Brief, type BriefIncident, changeOf, SOURCE_WORDS, type Trend } from "./brief.ts";
import { type Block, momentText, type OfficialDocument, sections, spanText, stampText, text } from "./document.ts";
import { LEVEL_WORDS } from "./shift_note.ts";

const LONGEST_SHOWN = 5;
const ROMAN = ["", "IV", "III", "II", "I"] as const;

export function briefDocument(brief: Brief, issuer: string): OfficialDocument {
	return {
		kind: "brief",
		mark: issuer,
		number: `值班早报　${brief.date}`,
		urgency: null,
		title: `${brief.area}运行安全值班早报`,
		to: null,
		blocks: [
			text(`本期统计时段为${momentText(brief.from)}至${momentText(brief.to)}（北京时间）。`),
			...sections([
				{ name: "报警", blocks: alarms(brief) },
				{ name: "事件", blocks: incidents(brief) },
				{ name: "供热供水供气", blocks: supply(brief) },
				{ name: "今夜天气", blocks: weather(brief) },
				{ name: "当前未结", blocks: open(brief) },
			]),
			...sourceNotes(brief),
		],
		signatures: [issuer],
		date: brief.madeAt,
		printed: null,
		warning: brief.demo ? "演示数据" : null,
	};
}

/** [1]: the note at the foot that says where the figure can be asked again. */
function mark({ sources }: Brief, id: keyof typeof SOURCE_WORDS): string {
	const place = sources.findIndex((source) => source.id === id);
	return place < 0 ? "" : `〔${place + 1}〕`;
}

export function trendWords(trend: Trend): string {
	const change = changeOf(trend);
	if (trend.mean === null) return "此前无记录可比";
	if (change === null) return "此前 7 日没有";
	return change === 0 ? "与前 7 日均值持平" : `较前 7 日均值${change > 0 ? "增" : "减"} ${Math.abs(change)} %`;
}

function alarms(brief: Brief): Block[] {
	const { alarms: told, longest } = brief;
	const levels = told.levels.map(({ level, trend }) => `${LEVEL_WORDS[level]} ${trend.count} 条`).join("，");
	const blocks: Block[] = [
		text(
			`新发或升级报警 ${told.total.count} 条，${trendWords(told.total)}；其中${levels}。恢复 ${told.cleared} 条${mark(brief, "alarms")}。${told.cut ? "记录过多，以上为部分统计。" : ""}`,
		),
		{
			type: "table",
			caption: "各市报警",
			head: ["城市", "红", "橙", "黄", "蓝", "合计", "前 7 日均值"],
			widths: [4, 2, 2, 2, 2, 3, 4],
			figures: [1, 2, 3, 4, 5, 6],
			rows: told.cities.map(({ name, levels: [blue, yellow, orange, red], trend }) => [
				name,
				...[red, orange, yellow, blue, trend.count].map(String),
				trend.mean === null ? "—" : trend.mean.toFixed(1),
			]),
		},
		text(
			`按系统：${told.systems.map(({ name, trend }) => `${name} ${trend.count} 条`).join("，") || "无"}${mark(brief, "alarms")}。`,
		),
	];
	const first = longest.slice(0, LONGEST_SHOWN);
	if (first.length > 0)
		blocks.push(
			text(
				`橙色和红色报警等待确认最长的 ${first.length} 条：${first
					.map(
						({ where, raisedAt, waitedMs, acknowledged }) =>
							`${where}（${stampText(raisedAt)}，${spanText(waitedMs)}${acknowledged ? "" : "，无人确认"}）`,
					)
					.join("；")}${mark(brief, "longest")}。`,
			),
		);
	return blocks;
}

function incidents(brief: Brief): Block[] {
	const { opened, closed, open: standing } = brief.incidents;
	const names = (list: readonly BriefIncident[]): string =>
		list.length === 0 ? "" : `：${list.map(({ level, title }) => `${title}（${ROMAN[level] ?? ""} 级）`).join("、")}`;
	return [
		text(
			`新立 ${opened.length} 件${names(opened)}；办结 ${closed.length} 件${names(closed)}；在办 ${standing.length} 件${names(standing)}${mark(brief, "incidents")}。`,
		),
	];
}

function supply(brief: Brief): Block[] {
	if (brief.supply.length === 0) return [text("没有供热、供水、供气监测数据。")];
	return [
		{
			type: "table",
			caption: null,
			head: ["项目", "最低", "最高", "前一日", "报数"],
			widths: [6, 5, 5, 4, 3],
			rows: brief.supply.map(({ name, unit, decimals, low, high, lowBefore, highBefore, reporting, channels }) => {
				const figure = (value: number | null): string => (value === null ? "—" : value.toFixed(decimals));
				return [
					`${name}（${unit}）`,
					low === null ? "—" : `${figure(low.value)} ${low.name}`,
					high === null ? "—" : `${figure(high.value)} ${high.name}`,
					`${figure(lowBefore)} 至 ${figure(highBefore)}`,
					`${reporting} / ${channels}`,
				];
			}),
		},
		text(`各项为区县或站点每小时最低、最高值中的极值${mark(brief, "supply")}。`),
	];
}

function weather(brief: Brief): Block[] {
	const known = brief.weather.filter(({ low }) => low !== null);
	if (known.length === 0) return [text("没有收到天气预报。")];
	const lows = known.map(({ low }) => low ?? 0);
	const coldest = known.reduce((a, b) => ((a.low ?? 0) <= (b.low ?? 0) ? a : b));
	const wet = brief.weather.filter(({ rain }) => (rain ?? 0) >= 0.1);
	const rain =
		wet.length === 0
			? "未来 6 小时各市无降水"
			: `未来 6 小时有降水：${wet.map(({ name, rain: mm }) => `${name} ${(mm ?? 0).toFixed(1)} mm`).join("，")}`;
	return [
		text(
			`今夜最低气温 ${Math.min(...lows).toFixed(0)} 至 ${Math.max(...lows).toFixed(0)} ℃，最低在${coldest.name}；${rain}${mark(brief, "weather")}。`,
		),
	];
}

function open(brief: Brief): Block[] {
	const levels = brief.open.levels.map(
		({ level, count, unseen }) =>
			`${LEVEL_WORDS[level]} ${count} 条${unseen === null || unseen === 0 ? "" : `（未确认 ${unseen} 条）`}`,
	);
	return [text(`截至${momentText(brief.open.at)}，未结报警：${levels.join("，")}${mark(brief, "open")}。`)];
}

function sourceNotes({ sources }: Brief): Block[] {
	return sources.map(
		({ id, route }, n): Block => ({ type: "note", text: `〔${n + 1}〕${SOURCE_WORDS[id]}：${route}` }),
	);
}
