import { expect, test } from "vitest";
import { WakeWatch } from "./wake.ts";

function machine(mood: { refuses: boolean; wanted: boolean }) {
	const releases: (() => void)[] = [];
	let asked = 0;
	const watch = new WakeWatch({
		isWanted: () => mood.wanted,
		request: async () => {
			asked += 1;
			if (mood.refuses) throw new Error("NotAllowedError");
			return { addEventListener: (_: "release", heard: () => void) => releases.push(heard) };
		},
	});
	const look = async (): Promise<void> => {
		watch.look();
		await Promise.resolve();
		await Promise.resolve();
	};
	return { watch, look, releases, asked: () => asked };
}

test("T-42 a lost wake lock is shown and taken again when the page is in front", async () => {
	const mood = { refuses: false, wanted: true };
	const { watch, look, releases, asked } = machine(mood);
	await look();
	expect(watch.state).toBe("held");
	mood.wanted = false;
	releases[0]?.();
	expect(watch.state).toBe("lost");
	await look();
	expect(asked()).toBe(1);
	mood.wanted = true;
	await look();
	expect(watch.state).toBe("held");
	mood.refuses = true;
	releases[1]?.();
	await look();
	await look();
	expect([watch.state, asked()]).toEqual(["lost", 4]);
});

test("T-42 where there is no wake lock, that is what is said", () => {
	const watch = new WakeWatch({ request: null, isWanted: () => true });
	watch.look();
	expect(watch.state).toBe("none");
});
