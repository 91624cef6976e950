import { expect, test } from "vitest";
import { MODEL_BLOCKS } from "#geodata/liaoning/model_blocks.ts";
import type { Catalogue } from "../../live/catalogue.ts";
import { cityFacts } from "./city_facts.ts";
import { roundOf, tourRounds } from "./tour_plan.ts";

function asset(id: string, city: string, kind: string, site?: string): object {
	return { record: { id, lon: 123, lat: 41, site }, city, kind: { id: kind } };
}

function catalogue(...assets: object[]): Catalogue {
	return { assets } as unknown as Catalogue;
}

const site = ["pit", "crane", "camera", "dust"];

test("the city with most goes first, another one each round, and then again from the start", () => {
	const rounds = tourRounds(
		catalogue(
			asset("1", "210200", "pump"),
			asset("2", "210100", "pump"),
			asset("3", "210100", "pump"),
			asset("4", "999900", "pump"),
		),
	);
	expect(rounds.map(({ city }) => city)).toEqual(["210100", "210200"]);
	expect([1, 2, 3].map((round) => roundOf(rounds, round)?.city)).toEqual(["210100", "210200", "210100"]);
	expect(roundOf([], 1)).toBeNull();
	expect(tourRounds(catalogue())).toEqual([]);
});

test("the site has a pit, a crane, a camera; where streets are drawn it is that one; a lone dust station is no visit", () => {
	const full = site.map((kind) => asset(`full-${kind}`, "210100", kind, "于洪区 怒江北街 3 号地块"));
	const [round] = tourRounds(catalogue(asset("d", "210100", "dust", "和平区 1 号地块"), ...full));
	expect(round?.site).toMatchObject({ name: "于洪区 怒江北街 3 号地块", stop: { kind: "site", asset: "full-pit" } });
	expect(round?.site?.cameras.map(({ record }) => record.id)).toEqual(["full-camera"]);
	const drawn = MODEL_BLOCKS[0]?.site.name ?? "";
	expect(drawn).not.toBe("");
	const block = site.slice(0, 3).map((kind) => asset(`block-${kind}`, "210100", kind, drawn));
	expect(tourRounds(catalogue(...full, ...block))[0]?.site?.name).toBe(drawn);
	expect(tourRounds(catalogue(asset("d", "210100", "dust", "和平区 1 号地块")))[0]?.site).toBeNull();
});

test("the caption counts the city's stations and the length of its mains", () => {
	const main = {
		...asset("m", "210100", "heatMain"),
		record: {
			id: "m",
			path: [
				[123, 41],
				[123, 41.1],
			],
		},
	};
	const facts = cityFacts(
		catalogue(main, asset("s", "210100", "heatStation"), asset("x", "210200", "heatStation")),
		"210100",
	);
	expect(facts).toMatchObject({ assets: 2, heatStations: 1 });
	expect(facts.mainKm).toBeCloseTo(11.13, 1);
});
