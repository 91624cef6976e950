import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { packDelta } from "#model/delta.ts";
import type { AlarmNews } from "#model/protocol.ts";
import { ByteWriter } from "#model/varint.ts";
import { AlarmBook } from "./alarms.ts";
import { ServerClock } from "./clock.ts";
import { PageLatest } from "./latest.ts";
import { type Carrier, Wire } from "./wire.ts";

/** One end of a socket: keeps what the page sends, and says what the test lets it say. */
class TestCarrier implements Carrier {
	connected = false;
	readonly sent: { event: string; value: unknown }[] = [];
	private readonly listeners = new Map<string, ((...values: never[]) => void)[]>();

	on(event: string, listener: (...values: never[]) => void): void {
		this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
	}

	emit(event: string, value: unknown): void {
		this.sent.push({ event, value });
	}

	timeout(): { emitWithAck(event: string, value: unknown): Promise<unknown> } {
		return { emitWithAck: async () => ({ ok: true, seq: 1 }) };
	}

	connect(): void {
		this.connected = true;
		this.say("connect");
	}

	disconnect(): void {
		this.connected = false;
		this.say("disconnect", "io client disconnect");
	}

	say(event: string, ...values: unknown[]): void {
		for (const listener of this.listeners.get(event) ?? []) (listener as (...all: unknown[]) => void)(...values);
	}

	of(event: string): unknown[] {
		return this.sent.filter((one) => one.event === event).map(({ value }) => value);
	}
}

function page(): {
	carrier: TestCarrier;
	wire: Wire;
	latest: PageLatest;
	alarms: AlarmBook;
	clock: ServerClock;
	waits: number[];
} {
	const carrier = new TestCarrier();
	const latest = new PageLatest();
	const alarms = new AlarmBook();
	const clock = new ServerClock();
	const waits: number[] = [];
	const ignore = (): void => undefined;
	const wire = new Wire(carrier, {
		latest,
		alarms,
		clock,
		elapsed: () => 0,
		local: () => 0,
		chance: () => 1,
		later: (ms, act) => {
			waits.push(ms);
			act();
		},
		onHello: ignore,
		onRows: ignore,
		onBeat: ignore,
		onNotice: ignore,
	});
	return { carrier, wire, latest, alarms, clock, waits };
}

function delta(epoch: number, from: number, to: number): Uint8Array {
	return packDelta(new ByteWriter(), { epoch, from, to, base: 0 }, []);
}

function news(seq: number, prev: number): AlarmNews {
	const alarm = { id: `a${seq}`, severity: 4, active: true, acknowledged: false, raisedAt: 0, seq } as Alarm;
	return { seq, prev, kind: "raised", alarm, at: 0, by: null, note: null, commandId: null };
}

test("a first follow asks for everything at detail status", () => {
	const { carrier } = page();
	carrier.connect();
	expect(carrier.of("follow")).toEqual([
		{ scope: null, cells: [], rows: [], cursor: null, alarmSeq: null, form: "binary" },
	]);
});

test("W1: a delta is answered at once with its revision", () => {
	const { carrier } = page();
	carrier.connect();
	carrier.say("delta", delta(5, 0, 3));
	carrier.say("delta", delta(5, 3, 9).slice().buffer);
	expect(carrier.of("got")).toEqual([{ revision: 3 }, { revision: 9 }]);
});

test("a reconnect goes on from the cursor and the last alarm", () => {
	const { carrier } = page();
	carrier.connect();
	carrier.say("delta", delta(5, 0, 3));
	carrier.say("alarms", { seq: 12, alarms: [] });
	carrier.say("disconnect", "transport close");
	carrier.connect();
	expect(carrier.of("follow")[1]).toMatchObject({ cursor: { epoch: 5, revision: 3 }, alarmSeq: 12 });
});

test("a delta that does not follow is not answered; a new session goes on from what is held", () => {
	const { carrier, latest } = page();
	carrier.connect();
	carrier.say("delta", delta(5, 0, 3));
	carrier.say("delta", delta(5, 7, 9));
	expect(carrier.of("got")).toEqual([{ revision: 3 }]);
	expect(carrier.of("follow")[1]).toMatchObject({ cursor: { epoch: 5, revision: 3 } });
	// Again: the cursor itself is doubted.
	carrier.say("delta", delta(5, 7, 9));
	expect(carrier.of("follow")[2]).toMatchObject({ cursor: null });
	expect(latest.cursor()).toBeNull();
});

test("broken bytes forget everything and begin anew", () => {
	const { carrier, wire } = page();
	carrier.connect();
	carrier.say("delta", delta(5, 0, 3));
	carrier.say("delta", Uint8Array.of(9, 9, 9));
	expect(carrier.of("follow")[1]).toMatchObject({ cursor: null });
	expect(carrier.of("got")).toHaveLength(1);
	expect(wire.isConnected).toBe(true);
});

test("A2: a gap in the alarms asks again from what is held; what fits is told as received", () => {
	const { carrier, alarms } = page();
	carrier.connect();
	carrier.say("alarms", { seq: 12, alarms: [] });
	carrier.say("alarm", news(13, 12));
	carrier.say("alarm", news(20, 18));
	expect(carrier.of("receipt")).toEqual([{ seq: 13, stage: "received" }]);
	expect(carrier.of("follow")[1]).toMatchObject({ alarmSeq: 13 });
	expect(alarms.open).toHaveLength(1);
});

test("another view is asked for with the cursor that stands", () => {
	const { carrier, wire } = page();
	carrier.connect();
	carrier.say("delta", delta(5, 0, 3));
	wire.look({ cells: [4, 5], rows: [17] });
	expect(carrier.of("follow")[1]).toMatchObject({ cells: [4, 5], rows: [17], cursor: { epoch: 5, revision: 3 } });
});

test("a session that the server closed is taken up again after a while", () => {
	const { carrier, waits } = page();
	carrier.connect();
	carrier.connected = false;
	carrier.say("disconnect", "io server disconnect");
	expect(waits).toEqual([1_000]);
	expect(carrier.connected).toBe(true);
});

test("another person sees nothing of the one before", () => {
	const { carrier, wire, alarms, latest } = page();
	carrier.connect();
	carrier.say("delta", delta(5, 0, 3));
	carrier.say("alarms", { seq: 12, alarms: [news(12, 0).alarm] });
	wire.restart();
	expect(alarms.isLoaded).toBe(false);
	expect(alarms.open).toHaveLength(0);
	expect(latest.cursor()).toBeNull();
	expect(carrier.of("follow").at(-1)).toMatchObject({ cursor: null, alarmSeq: null });
});

test("T-13: age is counted from the server's clock, whatever this machine's clock says", () => {
	const { carrier, clock } = page();
	carrier.connect();
	carrier.say("beat", { now: 1_000_000, revision: 0, alarmSeq: 0 });
	expect(clock.at(2_500)).toBe(1_002_500);
	expect(clock.skewMs).toBe(-1_000_000);
});
