// An official document before it has a form: what it says, to whom, signed by whom, with the time it is true for. Reports of incidents,
// hand-over notes, the morning brief and the chain of responsibility become one of these; server/documents gives it its pages (DOCX,
// PDF). Pure: it knows no font, no file and no clock. Civil time is Asia/Shanghai (UTC+8 without summer time since 1991).
import { z } from "zod";

export const documentKinds = ["report", "handover", "brief", "chain"] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What stands where a fact is not known: it is to be verified, never guessed. */
export const UNKNOWN = "待核";

const words = z.string().max(8_000);
/** One piece of the body, in reading order. */
export const blockSchema = z.discriminatedUnion("type", [
	/** GB/T 9704-2012, 7.3.3: the layers are 一、 （一） 1. （1）; the number is part of the text. */
	z.object({ type: z.literal("heading"), level: z.union([z.literal(1), z.literal(2)]), text: words }).strict(),
	z.object({ type: z.literal("text"), text: words }).strict(),
	/** Label and value, one line each. */
	z
		.object({
			type: z.literal("facts"),
			rows: z
				.array(z.tuple([words, words]).readonly())
				.max(100)
				.readonly(),
		})
		.strict(),
	z
		.object({
			type: z.literal("table"),
			caption: words.nullable(),
			head: z.array(words).max(12).readonly(),
			rows: z.array(z.array(words).max(12).readonly()).max(500).readonly(),
			/** Shares of the width, one a column. */
			widths: z.array(z.number().positive()).max(12).readonly(),
			/** Columns of figures are set to the right. */
			figures: z.array(z.number().int()).max(12).readonly().exactOptional(),
		})
		.strict(),
	/** Small print: sources, how a figure was counted. */
	z.object({ type: z.literal("note"), text: words }).strict(),
]);
export type Block = Readonly<z.infer<typeof blockSchema>>;

export interface OfficialDocument {
	readonly kind: DocumentKind;
	/** 发文机关标志: stands red at the head of the first page. */
	readonly mark: string;
	/** 发文字号. */
	readonly number: string | null;
	/** 紧急程度, GB/T 9704-2012, 7.2.3. */
	readonly urgency: "特急" | "加急" | null;
	readonly title: string;
	/** 主送机关, without the colon. */
	readonly to: string | null;
	readonly blocks: readonly Block[];
	/** 署名, one line each; more than one when several must sign. */
	readonly signatures: readonly string[];
	/** 成文日期, epoch ms. */
	readonly date: number;
	/** 版记: who printed it and when (epoch ms). */
	readonly printed: { readonly by: string; readonly at: number } | null;
	/** 演示数据 or 演练: stands on every page. */
	readonly warning: string | null;
}

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;

interface Civil {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
}

function civil(at: number): Civil {
	const date = new Date(at + ZONE_MS);
	return {
		year: date.getUTCFullYear(),
		month: date.getUTCMonth() + 1,
		day: date.getUTCDate(),
		hour: date.getUTCHours(),
		minute: date.getUTCMinutes(),
	};
}

/** 2026年11月22日: Arabic figures, the year whole, no leading zeros (GB/T 9704-2012, 7.3.5.4). */
export function dateText(at: number): string {
	const { year, month, day } = civil(at);
	return `${year}年${month}月${day}日`;
}

/** 11月22日8时05分. */
export function momentText(at: number): string {
	const { month, day } = civil(at);
	return `${month}月${day}日${timeText(at)}`;
}

/** 8时05分. */
export function timeText(at: number): string {
	const { hour, minute } = civil(at);
	return `${hour}时${String(minute).padStart(2, "0")}分`;
}

/** 11-22 08:05, for tables. */
export function stampText(at: number): string {
	const { month, day, hour, minute } = civil(at);
	const two = (figure: number): string => String(figure).padStart(2, "0");
	return `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

/** 20261122, for the names of files. */
export function dayNumber(at: number): string {
	const { year, month, day } = civil(at);
	return `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`;
}

/** 45 分钟, 2 小时 5 分钟, 3 天 4 小时. */
export function spanText(ms: number): string {
	const minutes = Math.max(0, Math.round(ms / 60_000));
	if (minutes < 60) return `${minutes} 分钟`;
	const hours = Math.floor(minutes / 60);
	if (hours < 48) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分钟`;
	return hours % 24 === 0 ? `${hours / 24} 天` : `${Math.floor(hours / 24)} 天 ${hours % 24} 小时`;
}

/** Midnight in Liaoning at the beginning of the day that holds `at`, epoch ms. */
export function dayStart(at: number): number {
	return Math.floor((at + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
}

const NUMERALS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"] as const;

/** 一 … 十 … 九十九: the numbers of the first layer. @throws RangeError beyond. */
export function numeral(n: number): string {
	if (!Number.isInteger(n) || n < 1 || n > 99) throw new RangeError(`no heading has the number ${n}`);
	const tens = Math.floor(n / 10);
	const ones = n % 10;
	const before = tens === 0 ? "" : tens === 1 ? "十" : `${NUMERALS[tens] ?? ""}十`;
	return `${before}${ones === 0 ? "" : (NUMERALS[ones] ?? "")}`;
}

/** Sections with their numbers: those without a block are left out and do not count. */
export function sections(parts: readonly { readonly name: string; readonly blocks: readonly Block[] }[]): Block[] {
	return parts
		.filter(({ blocks }) => blocks.length > 0)
		.flatMap(({ name, blocks }, n): Block[] => [
			{ type: "heading", level: 1, text: `${numeral(n + 1)}、${name}` },
			...blocks,
		]);
}

export function text(said: string): Block {
	return { type: "text", text: said };
}

/** Every word of a body in reading order, one line each: what a signature stands under. */
export function blockText(blocks: readonly Block[]): string {
	const lines: (string | null)[] = [];
	for (const block of blocks) {
		if (block.type === "facts") for (const row of block.rows) lines.push(row.join("："));
		else if (block.type === "table") {
			lines.push(block.caption, block.head.join("\t"));
			for (const row of block.rows) lines.push(row.join("\t"));
		} else lines.push(block.text);
	}
	return lines.filter((line) => line !== null && line !== "").join("\n");
}

/** Every word of a document in reading order, one line each: for search, fonts and tests. */
export function plainText(document: OfficialDocument): string {
	const { mark, number, urgency, title, to, blocks, signatures, date } = document;
	const lines = [mark, number, urgency, title, to, blockText(blocks), ...signatures, dateText(date)];
	return lines.filter((line) => line !== null && line !== "").join("\n");
}
