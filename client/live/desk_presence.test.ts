import { expect, test } from "vitest";
import type { DeskWord } from "#model/protocol.ts";
import { DeskPresence } from "./desk_presence.ts";

function page() {
	const told: DeskWord[] = [];
	const state = {
		armed: false,
		talkingMs: 0,
		visible: true,
		now: 1_000_000,
		session: {} as object | null,
		isDesk: true,
	};
	const presence = new DeskPresence({
		sound: {
			get state() {
				return state.armed ? ("armed" as const) : ("off" as const);
			},
			get talkingMs() {
				return state.talkingMs;
			},
		},
		isDesk: () => state.isDesk,
		isVisible: () => state.visible,
		now: () => state.now,
		session: () => state.session,
		tell: (word) => told.push(word),
	});
	const look = (more: Partial<typeof state> = {}): void => {
		Object.assign(state, more);
		presence.look();
	};
	return { told, look, state };
}

test("T-42 the server is told at once when the sound stops, and again on every connection", () => {
	const { told, look } = page();
	look();
	look({ now: 1_001_000 });
	expect(told).toEqual([{ armed: false, talkingUntil: null, visible: true }]);
	look({ armed: true });
	look({ armed: false });
	look({ visible: false });
	expect(told.map(({ armed, visible }) => [armed, visible])).toEqual([
		[false, true],
		[true, true],
		[false, true],
		[false, false],
	]);
	look({ session: null });
	look({ session: {} });
	expect(told).toHaveLength(5);
});

test("T-42 it is said again every ten seconds; a call's end that only trembles with the clock is not news", () => {
	const { told, look } = page();
	look({ talkingMs: 600_000 });
	look({ talkingMs: 599_000, now: 1_001_400 });
	expect(told).toEqual([{ armed: false, talkingUntil: 1_600_000, visible: true }]);
	look({ now: 1_010_000, talkingMs: 590_000 });
	expect(told).toHaveLength(2);
	look({ talkingMs: 0 });
	expect(told.at(-1)?.talkingUntil).toBeNull();
});

test("T-42 a page where nobody takes alarms is no desk, and nothing is said before the server's time is known", () => {
	const { told, look } = page();
	look({ isDesk: false });
	look({ isDesk: true, now: 0 });
	expect(told).toEqual([]);
});
