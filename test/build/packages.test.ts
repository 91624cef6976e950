// What the lock file may hold: no version with a published hole, no licence that is not free, no install script that
// nobody agreed to. Read from package-lock.json alone, so it needs no network and says the same everywhere.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const lock: { packages: Record<string, Locked> } = JSON.parse(
	fs.readFileSync(path.join(ROOT, "package-lock.json"), "utf8"),
);
const manifest: Record<string, Record<string, unknown>> = JSON.parse(
	fs.readFileSync(path.join(ROOT, "package.json"), "utf8"),
);

type Locked = {
	name?: string;
	version?: string;
	integrity?: string;
	license?: unknown;
	hasInstallScript?: boolean;
	dev?: boolean;
	optional?: boolean;
	os?: string[];
	cpu?: string[];
	libc?: string[];
	optionalDependencies?: Record<string, string>;
};

/** Lowest version without the named advisories, checked 2026-11-22. A package that is not in the lock passes. */
const FLOORS: [name: string, atLeast: string, why: string][] = [
	["engine.io", "6.6.10", "CVE-2026-102599 crash by protocol revision; CVE-2026-59725, CVE-2026-59724 before it"],
	["@socket.io/cluster-engine", "0.1.1", "CVE-2026-102600 crash by sid"],
	["socket.io-parser", "4.2.7", "CVE-2026-69185 zero attachments; CVE-2026-33151 unbounded attachments"],
	["socket.io", "4.6.2", "CVE-2024-38355 crash by packet"],
	["ws", "8.21.1", "CVE-2026-62389 incomplete fragments; CVE-2026-48779 tiny fragments"],
	["path-to-regexp", "8.4.0", "CVE-2026-4926 catastrophic regular expression"],
	["body-parser", "2.3.0", "CVE-2026-12590 an invalid limit switches the size check off; CVE-2025-13466"],
	["qs", "6.15.4", "CVE-2025-15284, CVE-2026-2391, GHSA-x5fp-wj9c-mxmx arrayLimit bypass"],
	["proxy-addr", "2.0.8", "CVE-2026-90711 a mapped subnet trusts the whole IPv4 internet"],
	["express-rate-limit", "8.2.2", "CVE-2026-30827 all IPv4 callers share one bucket"],
	["express", "5.0.0", "the house is written for Express 5"],
	["multer", "2.5.0", "CVE-2026-3304, CVE-2026-3520 denial of service"],
	["fast-xml-parser", "5.10.1", "CVE-2026-73569 repeated DOCTYPE; CVE-2026-33036, CVE-2026-26278 entity bombs"],
	["aedes", "1.1.3", "GHSA-52qw-whmv-87c5 one packet stops the broker"],
	["mqtt-packet", "6.1.2", "CVE-2019-5432 crash"],
	["maplibre-gl", "6.11.1", "CVE-2026-85061 script from a style's attribution; later hardening"],
	["echarts", "6.1.0", "CVE-2026-45249 script from a line's name"],
	["undici", "7.30.0", "CVE-2026-1525, -1526, -1528, -2229, -19534 smuggling and denial of service"],
	["node", "22.0.0", "Node 20 is at the end of its life; node:sqlite"],
];

/** Packages that must not be there at all, whatever their version. */
const BANNED: [name: string, why: string][] = [
	["xml2js", "CVE-2023-0842 and entity options that are easy to get wrong"],
	["maplibre-gl-vue3", "MAL-2026-6592, a malicious look-alike"],
];

const FREE = new Set(
	(
		"MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 MPL-2.0 OFL-1.1 Unlicense CC0-1.0 CC-BY-4.0 Zlib " +
		"BlueOak-1.0.0 Python-2.0 EDL-1.0 EPL-1.0 EPL-2.0 LGPL-2.1-or-later LGPL-3.0-or-later GPL-3.0-or-later"
	).split(" "),
);

/** Packages whose manifest states its licence in an old or misspelt form; read in their LICENSE file, by hand. */
const READ_BY_HAND: Record<string, string> = {
	arc: "BSD-3-Clause", // "licenses": [{"type": "BSD"}]
	"png-js": "MIT", // only its LICENSE file says so
	colorbrewer: "Apache-2.0", // "license": [{"type": "Apache-Style"}]
	"splaytree-ts": "BSD-3-Clause", // written BDS-3-Clause
	"xmlhttprequest-ssl": "MIT", // "licenses": [{"type": "MIT"}]
};

const nameOf = (key: string) => key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length);
const installed = Object.entries(lock.packages)
	.filter(([key]) => key !== "")
	.map(([key, entry]) => ({ ...entry, key, alias: nameOf(key), name: entry.name ?? nameOf(key) }));

/** Negative when a is older. Numbers only: a pre-release counts as older than its release. */
function compare(a: string, b: string): number {
	const split = (version: string) =>
		version
			.replace(/[-+].*/, "")
			.split(".")
			.map(Number);
	const [x, y] = [split(a), split(b)];
	for (let i = 0; i < 3; i++) {
		const difference = (x[i] ?? 0) - (y[i] ?? 0);
		if (difference !== 0) return difference;
	}
	return Number(b.includes("-")) - Number(a.includes("-"));
}

/** True when an SPDX expression can be met with free licences only: one side of an OR, both sides of an AND. */
function isFree(expression: string): boolean {
	const inner = expression.replace(/^\((.*)\)$/, "$1");
	if (inner.includes(" OR ")) return inner.split(" OR ").some(isFree);
	if (inner.includes(" AND ")) return inner.split(" AND ").every(isFree);
	return FREE.has(inner);
}

describe("floors", () => {
	test.each(FLOORS)("H3 %s is at least %s: %s", (name, atLeast) => {
		const low = installed.filter((entry) => entry.name === name && compare(entry.version ?? "0", atLeast) < 0);
		expect(low.map((entry) => `${entry.key} ${entry.version}`)).toEqual([]);
	});

	test.each(BANNED)("H3 %s is not installed: %s", (name) => {
		expect(installed.filter((entry) => entry.name === name)).toEqual([]);
	});

	test("H3 the comparison knows an older version when it sees one", () => {
		expect(compare("6.6.9", "6.6.10")).toBeLessThan(0);
		expect(compare("7.0.0", "6.6.10")).toBeGreaterThan(0);
		expect(compare("2.0.0-beta.1", "2.0.0")).toBeLessThan(0);
		expect(compare("1.0.0", "1.0.0")).toBe(0);
	});

	test("H3 what we ask for is pinned to one version", () => {
		const asked = { ...manifest.dependencies, ...manifest.devDependencies };
		expect(Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
	});
});

describe("licences", () => {
	test("H4 every package in the lock file has a free licence", () => {
		const bad = installed
			.map((entry) => ({ key: entry.key, license: READ_BY_HAND[entry.name] ?? entry.license }))
			.filter(({ license }) => typeof license !== "string" || !isFree(license));
		expect(bad).toEqual([]);
	});

	test("H4 an OR needs one free side, an AND both", () => {
		expect(isFree("(MIT OR SEE-LICENSE)")).toBe(true);
		expect(isFree("(MIT AND SEE-LICENSE)")).toBe(false);
		expect(isFree("SEE LICENSE IN LICENSE.txt")).toBe(false);
	});

	test("H4 the ArcGIS library that deck.gl asks for is the empty package", () => {
		const arcgis = installed.filter((entry) => entry.alias.startsWith("@arcgis/") || entry.name.startsWith("@arcgis/"));
		expect(arcgis.map((entry) => entry.name)).toEqual(["empty-npm-package"]);
	});
});

test("H5 an install script runs only where package.json says that it may", () => {
	const allowed = manifest.allowScripts ?? {};
	const asking = installed.filter((entry) => entry.hasInstallScript).map((entry) => entry.name);
	expect(asking.filter((name) => allowed[name] !== true)).toEqual([]);
	expect(Object.keys(allowed).filter((name) => !asking.includes(name))).toEqual([]);
});

describe("the lock file is whole", () => {
	test("H9 every build for another platform is listed, or npm ci refuses to start", () => {
		const names = new Set(installed.map((entry) => entry.alias));
		const asked = installed.flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
		expect(asked.filter((name) => !names.has(name))).toEqual([]);
	});

	test("H9 only a tool's build for another platform may lack its digest", () => {
		const without = installed.filter((entry) => entry.integrity === undefined);
		expect(without.filter((entry) => !isForeignTool(entry)).map((entry) => entry.key)).toEqual([]);
	});

	test("H9 a package for our own machines is never taken for a foreign one", () => {
		const linux = { dev: true, optional: true, os: ["linux"], cpu: ["x64"] };
		expect(isForeignTool({ ...linux, libc: ["glibc"] })).toBe(false);
		expect(isForeignTool(linux)).toBe(false);
		expect(isForeignTool({ ...linux, libc: ["musl"] })).toBe(true);
		expect(isForeignTool({ dev: true, optional: true, os: ["darwin"], cpu: ["x64"] })).toBe(true);
		expect(isForeignTool({ optional: true, os: ["darwin"], cpu: ["x64"] })).toBe(false);
	});
});

/** A development tool's binary that Linux with glibc on x64 or arm64 never installs; see docs/decisions/0002. */
function isForeignTool(entry: Locked): boolean {
	if (!entry.dev || !entry.optional) return false;
	const here = entry.os?.includes("linux") && (entry.cpu?.includes("x64") || entry.cpu?.includes("arm64"));
	return !here || entry.libc?.[0] === "musl";
}
