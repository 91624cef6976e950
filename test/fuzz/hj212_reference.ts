// A second reading of HJ 212, written apart from server/ingest/hj212 and as plainly as possible: regular expressions,
// slices, Date, bit-by-bit check value. Slow on purpose. The fuzz test compares the two; nothing is shared between them.

/** Check value by the definition, of a text in which every character is one byte. */
export function slowCrc(text: string): number {
	let register = 0xffff;
	for (const character of text) {
		register = (register >> 8) ^ character.charCodeAt(0);
		for (let bit = 0; bit < 8; bit++) register = register % 2 === 1 ? (register >> 1) ^ 0xa001 : register >> 1;
	}
	return register;
}

/** Data segments of all frames in a whole stream: from each `##` on, is there a frame that holds no other `##`? */
export function slowFrames(stream: string, maxDataBytes: number): string[] {
	const segments: string[] = [];
	let at = stream.indexOf("##");
	while (at >= 0) {
		const length = /^##([0-9]{4})/.exec(stream.slice(at, at + 6));
		let next = at + 1;
		if (length !== null && Number(length[1]) <= maxDataBytes) {
			const frame = stream.slice(at, at + 10 + Number(length[1]));
			const segment = frame.slice(6, -4);
			const crc = frame.slice(-4);
			const isWhole = frame.length === 10 + Number(length[1]) && !frame.slice(1).includes("##");
			if (isWhole && /^[0-9A-Fa-f]{4}$/.test(crc) && Number.parseInt(crc, 16) === slowCrc(segment)) {
				segments.push(segment);
				next = at + frame.length;
			}
		}
		at = stream.indexOf("##", next);
	}
	return segments;
}

/** A key, and a value of printable ASCII without `;` `,` `=` `&`. */
const FIELD = "[0-9A-Za-z_-]+=(?:(?![;,=&])[ -~])*";
const SEGMENT = new RegExp(`^((?:${FIELD};)*)CP=&&((?:${FIELD}(?:[;,]${FIELD})*;?)?)&&$`);
const SUFFIX = /^(.+)-(Rtd|Avg|Min|Max|Cou|ZsRtd|ZsAvg|ZsMin|ZsMax|Data|DayData|NightData|td)$/;

function split(text: string): [string, string][] | null {
	const fields = new Map<string, string>();
	for (const field of text.split(/[;,]/).filter((part) => part !== "")) {
		const [key = "", value = ""] = field.split("=");
		if (fields.has(key) && fields.get(key) !== value) return null;
		fields.set(key, value);
	}
	return [...fields];
}

function slowTime(text: string): number | null {
	const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(text);
	if (parts === null || Number(parts[1]) < 1970) return null;
	const iso = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6] ?? "00"}`;
	const at = Date.parse(`${iso}Z`);
	// Date rolls the 31st of February over: it must come back as it went in.
	return Number.isNaN(at) || !new Date(at).toISOString().startsWith(iso) ? null : at - 28_800_000;
}

/** What a segment says, as one comparable text; null when it must be refused. */
export function slowMessage(segment: string): string | null {
	const parts = SEGMENT.exec(segment);
	const headerFields = parts && split(parts[1] ?? "");
	const areaFields = parts && split(parts[2] ?? "");
	if (!headerFields || !areaFields) return null;
	const header = new Map(headerFields);
	for (const [key, value] of areaFields) {
		if (!["Flag", "PNUM", "PNO"].includes(key)) continue;
		if (header.has(key) && header.get(key) !== value) return null;
		header.set(key, value);
	}
	const area = new Map(areaFields.filter(([key]) => !["Flag", "PNUM", "PNO"].includes(key)));
	const says = (key: string, shape: RegExp, isOptional = false) => {
		const value = header.get(key);
		return value === undefined ? isOptional : shape.test(value);
	};
	const isWellFormed =
		says("MN", /^[0-9A-Za-z_-]{1,32}$/) &&
		says("CN", /^\d{4}$/) &&
		says("ST", /^\d{2}$/) &&
		says("PW", /^[0-9A-Za-z_-]{0,64}$/) &&
		says("QN", /^\d{17}$/, true) &&
		says("Flag", /^\d{1,3}$/, true) &&
		says("PNUM", /^\d{1,4}$/, true) &&
		says("PNO", /^\d{1,4}$/, true);
	const flag = Number(header.get("Flag") ?? 0);
	// 12 = the first value of an edition that does not exist.
	if (!isWellFormed || flag >= 12) return null;
	const total = header.has("PNUM") ? Number(header.get("PNUM")) : null;
	const index = header.has("PNO") ? Number(header.get("PNO")) : null;
	if ((total === null) !== (index === null)) return null;
	if (total !== null && index !== null && (index < 1 || index > total)) return null;
	return slowArea(header, area, flag, total === null || total === 1 ? null : `${index}/${total}`);
}

function slowArea(
	header: ReadonlyMap<string, string>,
	area: ReadonlyMap<string, string>,
	flag: number,
	part: string | null,
): string | null {
	const times: (number | null)[] = [];
	for (const key of ["DataTime", "BeginTime", "EndTime"]) {
		const text = area.get(key);
		const at = text === undefined ? null : slowTime(text);
		if (text !== undefined && at === null) return null;
		times.push(at);
	}
	const factors: unknown[] = [];
	const used = new Set(["DataTime", "BeginTime", "EndTime"]);
	for (const [key, text] of area) {
		const [, code = "", suffix = ""] = SUFFIX.exec(key) ?? [];
		if (code === "" || (suffix === "td" && area.has(`${code}-Rtd`))) continue;
		const value = /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) + 0 : null;
		const flags = [`${code}-Flag`, `${code}-EFlag`];
		factors.push([code, suffix === "td" ? "Rtd" : suffix, value, text, ...flags.map((name) => area.get(name) ?? null)]);
		for (const name of [key, ...flags]) used.add(name);
	}
	if (factors.length > 0 && times[0] === null && (part === null || part.startsWith("1/"))) return null;
	const known = ["QN", "ST", "CN", "PW", "MN", "Flag", "PNUM", "PNO"];
	const others = new Map([...header].filter(([key]) => !known.includes(key)));
	for (const [key, value] of area) if (!used.has(key)) others.set(key, value);
	const head = ["QN", "ST", "CN", "PW", "MN"].map((key) => header.get(key) ?? null);
	const edition = [2005, 2017, 2025][Math.floor(flag / 4)];
	return JSON.stringify([head, edition, flag % 2 === 1, part, times, factors, [...others].sort()]);
}
