import { expect, test } from "vitest";
import { VEIL_AFTER_MS } from "#model/protocol.ts";
import { LOOK_EVERY_MS } from "./beat.ts";
import { LinkWatch, linkState } from "./link.ts";

test("a beat within its time is live, a late one late, a missing one lost", () => {
	expect(linkState(1_900, 60_000)).toBe("live");
	expect(linkState(4_000, 60_000)).toBe("late");
	expect(linkState(VEIL_AFTER_MS, 60_000)).toBe("lost");
});

test("the veil stands before VEIL_AFTER_MS is over, whenever the worker looks", () => {
	// The last look before the time is at most LOOK_EVERY_MS early.
	expect(linkState(VEIL_AFTER_MS - LOOK_EVERY_MS, 60_000)).toBe("lost");
	expect(linkState(VEIL_AFTER_MS - LOOK_EVERY_MS - 1, 60_000)).toBe("late");
});

test("a page that never heard anything is connecting, then lost", () => {
	expect(linkState(null, 3_000)).toBe("connecting");
	expect(linkState(null, VEIL_AFTER_MS)).toBe("lost");
});

test("a web server that lost its core still beats: the page goes late at once, then lost, and right again by itself", () => {
	const watch = new LinkWatch();
	const beat = { silentMs: 100, startedMs: 60_000 };
	watch.look(beat);
	expect(watch.state).toBe("live");
	watch.core("lost");
	watch.look(beat);
	expect([watch.state, watch.cause]).toEqual(["late", "core"]);
	for (let look = 0; look < 8; look++) watch.look(beat);
	expect(watch.state).toBe("lost");
	watch.core("live");
	watch.look(beat);
	expect([watch.state, watch.cause]).toEqual(["live", "network"]);
});

test("listeners hear a change once, not every look", () => {
	const watch = new LinkWatch();
	let heard = 0;
	watch.change.subscribe(() => {
		heard += 1;
	});
	for (let look = 0; look < 5; look++) watch.look({ silentMs: 10, startedMs: 1_000 });
	expect(heard).toBe(1);
});
