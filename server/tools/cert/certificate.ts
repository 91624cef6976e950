// X.509 certificates (RFC 5280) of a local authority: ECDSA P-256 with SHA-256, the authority for ten years and bound to signing
// servers, a server's for 397 days, which is the longest that browsers take. Pure but for the keys and numbers it draws.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { bits, bool, integer, octets, oid, sequence, set, tagged, time, utf8 } from "./der.ts";

const DAY_MS = 86_400_000;
const CA_DAYS = 3_650;
const SERVER_DAYS = 397;

export interface Issued {
	/** PEM texts. */
	readonly cert: string;
	readonly key: string;
}

const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

/** @param name as people see it in the list of authorities they trust. */
export function makeAuthority(name: string, now: number): Issued {
	const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const extensions = [
		// cA, and no authority below it.
		extension("2.5.29.19", true, sequence(bool(true), integer(Buffer.from([0])))),
		// keyCertSign, cRLSign
		extension("2.5.29.15", true, bits(Buffer.from([0b0000_0110]), 1)),
		extension("2.5.29.14", false, octets(keyId(publicKey))),
	];
	const subject = nameOf(name);
	const made = { subject, issuer: subject, publicKey, extensions, days: CA_DAYS, now };
	return { cert: signed(made, privateKey), key: pemOf(privateKey) };
}

/** @param hosts names and addresses that the server is called by; the first is its name. */
export function makeServer(
	authority: Issued & { readonly name: string },
	hosts: readonly string[],
	now: number,
): Issued {
	const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const authorityKey = createPublicKey(authority.cert);
	const alternatives = hosts.map((host) =>
		// iPAddress [7], dNSName [2]
		isIP(host) === 0 ? tagged(0x82, Buffer.from(host, "ascii")) : tagged(0x87, addressBytes(host)),
	);
	const extensions = [
		extension("2.5.29.19", true, sequence()),
		// digitalSignature
		extension("2.5.29.15", true, bits(Buffer.from([0b1000_0000]), 7)),
		// serverAuth
		extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.1"))),
		extension("2.5.29.17", false, sequence(...alternatives)),
		extension("2.5.29.14", false, octets(keyId(publicKey))),
		extension("2.5.29.35", false, sequence(tagged(0x80, keyId(authorityKey)))),
	];
	const subject = nameOf(hosts[0] ?? "localhost");
	const made = { subject, issuer: nameOf(authority.name), publicKey, extensions, days: SERVER_DAYS, now };
	return { cert: signed(made, authority.key), key: pemOf(privateKey) };
}

interface Made {
	readonly subject: Buffer;
	readonly issuer: Buffer;
	readonly publicKey: KeyObject;
	readonly extensions: readonly Buffer[];
	readonly days: number;
	readonly now: number;
}

function signed({ subject, issuer, publicKey, extensions, days, now }: Made, key: KeyObject | string): string {
	const serial = randomBytes(16);
	// Positive, and never zero.
	serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
	// A machine whose clock is a day behind takes it too.
	const from = new Date(now - DAY_MS);
	const toBeSigned = sequence(
		tagged(0xa0, integer(Buffer.from([2]))),
		integer(serial),
		ECDSA_SHA256,
		issuer,
		sequence(time(from), time(new Date(now + days * DAY_MS))),
		subject,
		publicKey.export({ type: "spki", format: "der" }),
		tagged(0xa3, sequence(...extensions)),
	);
	const certificate = sequence(toBeSigned, ECDSA_SHA256, bits(sign("sha256", toBeSigned, key)));
	const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
	return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
	return critical ? sequence(oid(id), bool(true), octets(value)) : sequence(oid(id), octets(value));
}

/** One relative name: the common name. */
function nameOf(common: string): Buffer {
	return sequence(set(sequence(oid("2.5.4.3"), utf8(common))));
}

/** SHA-1 of the key's bits: a name for it (RFC 5280 4.2.1.2), not a protection. */
function keyId(key: KeyObject): Buffer {
	const der = key.export({ type: "spki", format: "der" });
	// An uncompressed point of P-256 is the last 65 bytes.
	return createHash("sha1").update(der.subarray(-65)).digest();
}

function pemOf(key: KeyObject): string {
	return String(key.export({ type: "pkcs8", format: "pem" }));
}

function addressBytes(address: string): Buffer {
	if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
	const [head = "", tail] = address.split("::");
	const words = (text: string): string[] => text.split(":").filter((word) => word !== "");
	const before = words(head);
	const after = tail === undefined ? [] : words(tail);
	const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
	return Buffer.from([...before, ...zeros, ...after].map((word) => word.padStart(4, "0")).join(""), "hex");
}
