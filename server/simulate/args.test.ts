import { expect, test } from "vitest";
import { readArgs } from "./args.ts";

test("without arguments it drives the demo at its own rhythm", () => {
	expect(readArgs([])).toMatchObject({
		url: "http://127.0.0.1:8080",
		assets: 3_000,
		rate: null,
		speed: 1,
		season: "auto",
		seconds: null,
		key: null,
		ledger: null,
		control: null,
		scenarios: true,
		firstRun: false,
	});
});

test("every argument is read", () => {
	const argv =
		"--url http://10.0.0.2:90/ --devices d.json --mqtt off --hj212 [::1]:9212 --assets 50000 --rate 20000 --speed 60 --season summer --seconds 5 --seed 7 --key k --ledger l.txt --control c.sock --first-run --no-scenarios";
	expect(readArgs(argv.split(" "))).toEqual({
		url: "http://10.0.0.2:90",
		devices: "d.json",
		mqtt: "off",
		hj212: "[::1]:9212",
		assets: 50_000,
		rate: 20_000,
		speed: 60,
		season: "summer",
		seconds: 5,
		seed: 7,
		key: "k",
		ledger: "l.txt",
		control: "c.sock",
		scenarios: false,
		firstRun: true,
	});
});

test("every mistake is named, all at once", () => {
	const problems = readArgs(
		"--assets many --rate 0 --season monsoon --url localhost --hj212 here --speed=-1".split(" "),
	);
	expect(problems).toHaveLength(6);
	for (const word of ["--assets", "--rate", "--season", "--url", "--hj212", "--speed"])
		expect((problems as string[]).some((line) => line.startsWith(word))).toBe(true);
});

test("an unknown argument is refused, --help is heard", () => {
	expect((readArgs(["--asets", "5"]) as string[])[0]).toContain("asets");
	expect(readArgs(["--help"])).toBe("help");
});

test("a benchmark's assets need the master key", () => {
	expect((readArgs(["--assets", "3001"]) as string[])[0]).toContain("--key");
	expect(readArgs(["--assets", "3001", "--key", "k"])).toMatchObject({ assets: 3_001 });
});
