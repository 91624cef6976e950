// Passwords as argon2id hashes (RFC 9106; cost as OWASP's Password Storage Cheat Sheet asks: m = 19 MiB, t = 2, p = 1).
// Used by core, which owns accounts. At most two at once: a flood of sign-ins must not starve the judge of the processor.
import { hash, verify } from "@node-rs/argon2";

/** Algorithm.Argon2id; the package declares it as an ambient const enum, which stripped types cannot read. */
const ARGON2ID = 2;
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;
/** Sign-ins that may wait; beyond it they are refused at once. */
const WAITING_MAX = 100;

let running = 0;
const waiting: (() => void)[] = [];

/** @returns the hash in PHC form, with salt and cost. */
export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(password.normalize("NFKC"), COST));
}

/** @returns false for a wrong password and for a hash that is none. */
export function verifyPassword(hashed: string, password: string): Promise<boolean> {
	if (!hashed.startsWith("$argon2id$")) return Promise.resolve(false);
	return inTurn(() => verify(hashed, password.normalize("NFKC")));
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) {
		if (waiting.length >= WAITING_MAX) throw new Error("too many sign-ins at once");
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else {
		running += 1;
	}
	try {
		return await work();
	} finally {
		// The place is handed to the next one, not freed: nobody slips in between.
		const next = waiting.shift();
		if (next === undefined) running -= 1;
		else next();
	}
}
