import { expect, test } from "vitest";
import { briefOf } from "./row_brief.ts";

const shown = (facts: Record<string, number | string | null>) =>
	briefOf({ type: "heat", facts }).map(({ field, value }) => `${field.id} ${value}`);

test("the line names who came to harm before what is cut off, and only what is known", () => {
	expect(shown({ injured: 2, dead: 1, households: 4460, stations: null, alarmsOpen: 7 })).toEqual([
		"dead 1",
		"injured 2",
		"households 4460",
	]);
	expect(shown({ dead: 0, injured: 0, households: 4460 })).toEqual(["households 4460"]);
	expect(shown({ households: "约四千" })).toEqual([]);
});
