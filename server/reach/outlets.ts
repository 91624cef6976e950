// What each kind of outside channel sends and how its answer is read: an SMS or voice gateway by a template, the group robots of
// 企业微信 and 钉钉, mail, and our own signed webhook. Called by outbox.ts, one message at a time.
import { createHmac, randomUUID } from "node:crypto";
import type { Allowed } from "#model/allowed.ts";
import type { Outlet, Words } from "#model/outlet.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { type HttpAnswer, type HttpMessage, sendHttp } from "./send_http.ts";
import { sendMail } from "./send_mail.ts";
import type { Network } from "./target.ts";

export interface Way {
	readonly allowed: readonly Allowed[];
	readonly network: Network;
	/** Epoch ms, for signatures. */
	now(): number;
	/** The alarm chain was walked to its end a moment ago. Where nobody knows, no heartbeat goes out. */
	readonly isWhole?: () => boolean;
}

/** A text robot takes at most 2,048 bytes (企业微信), 20,000 (钉钉); UTF-8 Chinese is three a character. */
const ROBOT_BYTES = 2_000;

/** @returns null when it was taken by the other side; a Problem says why not. Never throws. */
export async function send(outlet: Outlet, words: Words, way: Way): Promise<Problem | null> {
	switch (outlet.type) {
		case "http":
			return gateway(outlet, words, way);
		case "wecom":
			return ask(outlet, robotMessage(outlet.url, words), way, isTaken);
		case "dingtalk": {
			const url = signedDingtalk(outlet.url, outlet.secret, way.now());
			return ask(outlet, robotMessage(url, words), way, isTaken);
		}
		case "webhook":
			return ask(outlet, webhookMessage(outlet, words, way.now()), way, () => true);
		case "heartbeat":
			// A test is a beat too: it must not comfort a watch while nobody can be reached.
			if (way.isWhole?.() !== true) return problem("chain-broken", "the chain is not whole");
			return ask(outlet, beatMessage(outlet, way.now()), way, () => true);
		case "smtp": {
			const to = [...new Set([...outlet.to, ...words.to.filter((one) => one.includes("@"))])];
			if (to.length === 0) return problem("nobody", "no recipient");
			const { url, user, secret: password, from } = outlet;
			const mail = { url, user, password, from, to, subject: words.title, text: words.text, ...trust(outlet) };
			return sendMail(mail, way.allowed, way.network);
		}
	}
}

/** One request per number when the template names {{phone}}, else one. Each that failed fails the message. */
async function gateway(outlet: Outlet, words: Words, way: Way): Promise<Problem | null> {
	const isPerPhone = `${outlet.url}${outlet.body}`.includes("{{phone}}");
	const phones = isPerPhone ? [...new Set([...outlet.to, ...words.to.filter((one) => !one.includes("@"))])] : [""];
	if (phones.length === 0) return problem("nobody", "no number to call");
	const expected = (text: string): boolean => outlet.expect === "" || text.includes(outlet.expect);
	const answers = await Promise.all(
		phones.map((phone) => ask(outlet, templateMessage(outlet, words, phone), way, expected)),
	);
	const failed = answers.filter((answer) => answer !== null);
	const first = failed[0];
	if (first === undefined) return null;
	const detail = `${failed.length}/${phones.length}: ${first.detail ?? first.problem}`;
	return problem(first.problem, detail, first.where);
}

async function ask(
	outlet: Outlet,
	message: HttpMessage,
	{ allowed, network }: Way,
	taken: (text: string) => boolean,
): Promise<Problem | null> {
	return judged(await sendHttp({ ...message, ...trust(outlet) }, allowed, network), taken);
}

function trust({ ca = "" }: Outlet): { readonly ca?: string } {
	return ca === "" ? {} : { ca };
}

function judged(answer: HttpAnswer | Problem, taken: (text: string) => boolean): Problem | null {
	if (isProblem(answer)) return answer;
	// A redirect is an answer like any other: not followed, not taken.
	if (answer.status < 200 || answer.status > 299) return problem("refused", `HTTP ${answer.status}`);
	return taken(answer.text) ? null : problem("refused", "the gateway did not take it");
}

/** Both robots answer 200 to everything and say in `errcode` whether they took it. */
function isTaken(text: string): boolean {
	try {
		return (JSON.parse(text) as { errcode?: unknown }).errcode === 0;
	} catch {
		return false;
	}
}

/** 企业微信 群机器人 and 钉钉 自定义机器人 share this form of a text message. */
function robotMessage(url: string, words: Words): HttpMessage {
	const content = cut(`${words.title}\n${words.text}`, ROBOT_BYTES);
	return {
		url,
		method: "POST",
		headers: { "content-type": "application/json; charset=utf-8" },
		body: JSON.stringify({ msgtype: "text", text: { content } }),
	};
}

/** 钉钉 自定义机器人 加签: sign = urlEncode(base64(HMAC-SHA256(secret, timestamp + "\n" + secret))), timestamp in ms. */
export function signedDingtalk(url: string, secret: string, now: number): string {
	if (secret === "" || !URL.canParse(url)) return url;
	const signed = new URL(url);
	signed.searchParams.set("timestamp", String(now));
	signed.searchParams.set("sign", createHmac("sha256", secret).update(`${now}\n${secret}`).digest("base64"));
	return signed.href;
}

function webhookMessage(outlet: Outlet, words: Words, now: number): HttpMessage {
	const { to: _, ...told } = words;
	const body = JSON.stringify({ id: randomUUID(), at: now, ...told });
	const headers = { ...ownHeaders(outlet), ...signed(outlet, body, now) };
	return { url: outlet.url, method: "POST", headers, body };
}

/** A plain GET for services that count hits; as POST with a body. Signed like a webhook where there is a key. */
function beatMessage(outlet: Outlet, now: number): HttpMessage {
	const { url, method, secret } = outlet;
	const body = method === "GET" ? "" : JSON.stringify({ type: "heartbeat", at: now });
	const headers = { ...ownHeaders(outlet), ...(secret === "" ? {} : signed(outlet, body, now)) };
	return { url, method, headers, body };
}

/** The receiver recomputes HMAC-SHA256(key, timestamp + "." + body) and refuses an old timestamp. */
function signed({ secret }: Outlet, body: string, now: number): Record<string, string> {
	const signature = createHmac("sha256", secret).update(`${now}.${body}`).digest("hex");
	return {
		"content-type": "application/json; charset=utf-8",
		"x-liaowang-timestamp": String(now),
		"x-liaowang-signature": `sha256=${signature}`,
	};
}

function templateMessage(outlet: Outlet, words: Words, phone: string): HttpMessage {
	const values: Readonly<Record<string, string>> = { ...flat(words), phone };
	const isForm = outlet.contentType === "application/x-www-form-urlencoded";
	const isJson = outlet.contentType === "application/json";
	const inBody = (value: string): string =>
		isJson ? JSON.stringify(value).slice(1, -1) : isForm ? encodeURIComponent(value) : value;
	return {
		url: filled(outlet.url, values, encodeURIComponent),
		method: outlet.method,
		headers: { ...ownHeaders(outlet), "content-type": `${outlet.contentType}; charset=utf-8` },
		body: filled(outlet.body, values, inBody),
	};
}

function flat({ title, text, level, place, time, count }: Words): Record<string, string> {
	return { title, text, level, place, time, count: String(count) };
}

/** A word that is not one of ours stays as it is: the gateway may have placeholders of its own. */
function filled(template: string, values: Readonly<Record<string, string>>, quote: (value: string) => string): string {
	return template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
		Object.hasOwn(values, name) ? quote(values[name] ?? "") : whole,
	);
}

/** Not those by which a request is framed or addressed. */
const FRAMING = new Set([
	"host",
	"content-length",
	"transfer-encoding",
	"connection",
	"upgrade",
	"expect",
	"te",
	"trailer",
]);

function ownHeaders(outlet: Outlet): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const { name, value } of outlet.headers) {
		const lower = name.toLowerCase();
		if (!FRAMING.has(lower)) headers[lower] = value.replaceAll(/[^\t\x20-\x7e]/g, "");
	}
	return headers;
}

/** At most `bytes` of UTF-8, at a character's end. */
function cut(text: string, bytes: number): string {
	let length = 0;
	let end = 0;
	for (const character of text) {
		length += Buffer.byteLength(character);
		if (length > bytes) return `${text.slice(0, end)}…`;
		end += character.length;
	}
	return text;
}
