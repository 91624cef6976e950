// The policy page's figures: 26 items, and each figure equal to a recount from the table itself.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../server/clock.ts";
import { readPolicy } from "../../server/http/policy.ts";
import { Province, someAssets } from "../support/province.ts";
import { openWeb } from "../support/web.ts";

test("policy: 26 items in order; a figure stands only where a system feeds it, and equals a recount", async () => {
	const province = new Province({ clock: systemClock, assets: someAssets(6) });
	let reporting = 0;
	for (const [index, asset] of [...province.catalogue.assets.values()].entries()) {
		if (asset.system !== "gas" || index % 3 !== 0) continue;
		province.latest.write(asset.firstRow + 1, 5, 1_000, index % 2 === 0 ? 1 : 2, 0);
		reporting += 1;
	}
	const web = await openWeb({ province });
	const { document, items } = (await web.get("/api/policy")).body;
	expect(document.number).toBe("辽住建〔2017〕26号");
	expect(items.map(({ id }: any) => id)).toEqual(
		Array.from({ length: 26 }, (_, i) => `W${String(i + 1).padStart(2, "0")}`),
	);
	for (const item of items) expect(["live", "register", "report"]).toContain(item.class);
	const gas = items.find(({ id }: any) => id === "W18");
	expect([gas.figure, gas.unit, gas.sources]).toEqual([Math.round((reporting / 15) * 1_000) / 10, "%", ["gas"]]);
	expect(gas.cities).toHaveLength(14);
	const byCity = new Map<string, any>(gas.cities.map((city: any) => [city.district, city]));
	expect(byCity.get("210100").assets).toBe(6);
	expect(byCity.get("211400")).toEqual({ district: "211400", figure: null, assets: 0 });
	const unfed = items.filter(({ sources }: any) => sources.length === 0);
	expect(unfed).toHaveLength(24);
	for (const item of unfed) expect([item.figure, item.cities]).toEqual([null, []]);
	await web.close();
});

test("another document in the data folder stands instead; one that is none stops the start with its name", async () => {
	const web = await openWeb();
	const file = join(web.folder, "policy.json");
	const text = { zh: "某文件", en: "A document" };
	const own = {
		document: { number: "1", title: text, organ: "x", date: "2026-01-01", source: "" },
		items: [{ id: "X01", class: "live", name: text }],
	};
	await writeFile(file, JSON.stringify(own));
	expect(readPolicy(file).items).toHaveLength(1);
	await writeFile(file, "{}");
	expect(() => readPolicy(file)).toThrow(file);
	await web.close();
});
