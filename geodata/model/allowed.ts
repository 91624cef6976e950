// Where the server may connect to on its own: an allow-list of host:port, address:port and CIDR, set by an administrator.
// Pure: parsing and matching; resolving and connecting are server/reach/target.ts. Government networks are private addresses,
// so "block what is private" would be wrong here: what is not listed is refused, and loopback and link-local must be listed
// as addresses, never reached by a name.
import type { Problem } from "./problem.ts";
import { isProblem, problem } from "./problem.ts";

/** An IP address as a number. IPv4-mapped IPv6 (RFC 4291 2.5.5.2) is the IPv4 address it is. */
export interface Address {
	readonly family: 4 | 6;
	readonly bits: bigint;
}

export type Allowed =
	| { readonly type: "host"; readonly host: string; readonly port: number }
	/** port null: every port. */
	| { readonly type: "net"; readonly address: Address; readonly prefix: number; readonly port: number | null };

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** "sms.example.cn:8443", "10.1.2.3:80", "10.0.0.0/8", "10.0.0.0/8:443", "fd00::/8", "[fd00::]/8:443", "[fd00::1]:443". */
export function parseAllowed(text: string): Allowed | Problem {
	const bad = problem("bad-allowed", `"${text}" is neither host:port nor a CIDR`);
	const entry = text.trim().toLowerCase();
	const net = /^\[?([0-9a-f:.]+)\]?\/(\d{1,3})(?::(\d{1,5}))?$/.exec(entry);
	if (net !== null) {
		const address = parseAddress(net[1] ?? "");
		const prefix = Number(net[2]);
		const port = net[3] === undefined ? null : portOf(net[3]);
		if (address === null || prefix > (address.family === 4 ? 32 : 128) || port === 0) return bad;
		return { type: "net", address, prefix, port };
	}
	const one = /^(?:\[([0-9a-f:.]+)\]|([^[\]:/@\s]+)):(\d{1,5})$/.exec(entry);
	if (one === null) return bad;
	const port = portOf(one[3] ?? "");
	const host = one[1] ?? one[2] ?? "";
	if (port === 0) return bad;
	const address = parseAddress(host);
	if (address !== null) return { type: "net", address, prefix: address.family === 4 ? 32 : 128, port };
	// A name of digits and dots is a mistyped address, not a host.
	if (one[1] !== undefined || !HOST.test(host) || /^[\d.]+$/.test(host)) return bad;
	return { type: "host", host, port };
}

function portOf(text: string): number {
	const port = Number(text);
	return port >= 1 && port <= 65_535 ? port : 0;
}

/** null: not an address in its plain form (no octal, no hexadecimal quads, no zone). */
export function parseAddress(text: string): Address | null {
	if (!text.includes(":")) return parseV4(text);
	let rest = text;
	const quad = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
	if (quad !== null) {
		const v4 = parseV4(quad[2] ?? "");
		if (v4 === null) return null;
		rest = `${quad[1]}${(v4.bits >> 16n).toString(16)}:${(v4.bits & 0xffffn).toString(16)}`;
	}
	const halves = rest.split("::");
	if (halves.length > 2) return null;
	const words = halves.map((half) => (half === "" ? [] : half.split(":")));
	const [head = [], tail = []] = words;
	const missing = 8 - head.length - tail.length;
	if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
	const all = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
	if (all.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return null;
	const bits = all.reduce((sum, word) => (sum << 16n) | BigInt(`0x${word}`), 0n);
	return bits >> 32n === 0xffffn ? { family: 4, bits: bits & 0xffff_ffffn } : { family: 6, bits };
}

function parseV4(text: string): Address | null {
	const parts = text.split(".");
	if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) return null;
	return { family: 4, bits: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) };
}

function isIn(address: Address, net: Address, prefix: number): boolean {
	if (address.family !== net.family) return false;
	const width = address.family === 4 ? 32 : 128;
	const shift = BigInt(width - prefix);
	return address.bits >> shift === net.bits >> shift;
}

/** Reached only when listed as an address: this host, its links, groups, and IPv6 forms that carry an IPv4 address inside. */
const NEVER_BY_NAME = [
	"0.0.0.0/8",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"224.0.0.0/3",
	"::/96",
	"64:ff9b::/96",
	"64:ff9b:1::/48",
	"2002::/16",
	"2001::/32",
	"fe80::/10",
	"fec0::/10",
	"ff00::/8",
].map((text) => parseAllowed(text));

/** May `address` be connected to for `host`:`port`? `host` is lower case, without brackets. */
export function isAllowed(list: readonly Allowed[], host: string, address: Address, port: number): boolean {
	const listedNet = list.some(
		(entry) =>
			entry.type === "net" &&
			(entry.port === null || entry.port === port) &&
			isIn(address, entry.address, entry.prefix),
	);
	if (listedNet) return true;
	const listedName = list.some((entry) => entry.type === "host" && entry.host === host && entry.port === port);
	return listedName && !isSpecial(address);
}

function isSpecial(address: Address): boolean {
	return NEVER_BY_NAME.some(
		(entry) => !isProblem(entry) && entry.type === "net" && isIn(address, entry.address, entry.prefix),
	);
}
