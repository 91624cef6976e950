// Another date for whole processes, by Debian's libfaketime: every child of a server lives then, clocks that only run stay true.
import { existsSync } from "node:fs";

const LIBRARIES = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map(
	(machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`,
);

export interface FakeDate {
	/** For the server's environment. */
	readonly env: Readonly<Record<string, string>>;
	/** What is added to this machine's clock, ms. */
	readonly offsetMs: number;
}

/** `start` is ISO 8601 with an offset: the time that it is there now. Throws without libfaketime. */
export function fakeDate(start: string): FakeDate {
	const library = LIBRARIES.find((path) => existsSync(path));
	if (library === undefined) throw new Error("libfaketime is missing: apt-get install faketime");
	const offsetMs = Math.round((Date.parse(start) - Date.now()) / 1000) * 1000;
	const env = {
		LD_PRELOAD: library,
		FAKETIME: `${offsetMs < 0 ? "" : "+"}${offsetMs / 1000}s`,
		FAKETIME_DONT_FAKE_MONOTONIC: "1",
	};
	return { env, offsetMs };
}
