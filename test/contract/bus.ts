// What every carrier of the bus must do; bus.test.ts runs it against the one in the process and the one over a socket.
import { expect, test } from "vitest";
import type { CoreHost, CoreLink, CoreMessage, CoreState, Follower } from "../../server/bus/bus.ts";

export interface Carrier {
	/** A link to a host that serves already. */
	open(host: CoreHost): Promise<CoreLink>;
	/** Ends everything that was opened. */
	close(): Promise<void>;
}

export class RecordingHost implements CoreHost {
	readonly followers: Follower[] = [];
	gone = 0;
	readonly asked: { name: string; body: unknown }[] = [];
	answer: (name: string, body: unknown) => Promise<unknown> = async () => null;

	joined(follower: Follower): void {
		this.followers.push(follower);
		follower.send(aState(0));
	}

	left(_follower: Follower): void {
		this.gone += 1;
	}

	async call(name: string, body: unknown): Promise<never> {
		this.asked.push({ name, body });
		return (await this.answer(name, body)) as never;
	}
}

export class Heard {
	readonly messages: CoreMessage[] = [];
	readonly links: string[] = [];
	private readonly waiting: { met: () => boolean; done: () => void }[] = [];

	constructor(link: CoreLink) {
		link.follow({
			message: (message) => {
				this.messages.push(message);
				this.check();
			},
			link: (state) => {
				this.links.push(state);
				this.check();
			},
		});
	}

	until(met: (heard: Heard) => boolean): Promise<void> {
		if (met(this)) return Promise.resolve();
		return new Promise((done) => this.waiting.push({ met: () => met(this), done }));
	}

	private check(): void {
		for (const one of this.waiting.splice(0)) {
			if (one.met()) one.done();
			else this.waiting.push(one);
		}
	}
}

export function aState(revision: number): CoreState {
	return {
		type: "state",
		now: 1,
		startedAt: 1,
		demo: true,
		revision,
		alarmSeq: 0,
		doors: [],
		store: { open: true, full: true, fault: null, since: 0, readings: 0, bytes: 0 },
		accepted: 0,
		quarantined: 0,
		unrecorded: 0,
		users: 0,
	};
}

export function busContract(name: string, make: () => Promise<Carrier>): void {
	const run = (title: string, body: (carrier: Carrier) => Promise<void>): void => {
		test(`${name}: ${title}`, async () => {
			const carrier = await make();
			try {
				await body(carrier);
			} finally {
				await carrier.close();
			}
		});
	};

	run("a follower hears the opening messages, then everything in order", async (carrier) => {
		const host = new RecordingHost();
		const heard = new Heard(await carrier.open(host));
		await heard.until((h) => h.messages.length === 1);
		const follower = host.followers[0]!;
		for (let i = 1; i <= 200; i++) {
			follower.send(i % 2 === 0 ? aState(i) : { type: "delta", bytes: Uint8Array.of(i, 0, 255) });
		}
		await heard.until((h) => h.messages.length === 201);
		expect(heard.links).toEqual(["live"]);
		const order = heard.messages.slice(1).map((m) => (m.type === "delta" ? m.bytes[0] : (m as CoreState).revision));
		expect(order).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
		const delta = heard.messages[1] as { bytes: Uint8Array };
		expect([...delta.bytes]).toEqual([1, 0, 255]);
	});

	run("a message never arrives within the call that sends it", async (carrier) => {
		const host = new RecordingHost();
		const heard = new Heard(await carrier.open(host));
		await heard.until((h) => h.messages.length === 1);
		host.followers[0]!.send(aState(7));
		expect(heard.messages).toHaveLength(1);
		await heard.until((h) => h.messages.length === 2);
	});

	run("a large message arrives whole, and what waits is counted and drains", async (carrier) => {
		const host = new RecordingHost();
		const heard = new Heard(await carrier.open(host));
		await heard.until((h) => h.messages.length === 1);
		const bytes = new Uint8Array(3_000_000).map((_, i) => i % 251);
		host.followers[0]!.send({ type: "delta", bytes });
		expect(host.followers[0]!.waiting).toBeGreaterThan(0);
		await heard.until((h) => h.messages.length === 2);
		expect(Buffer.compare((heard.messages[1] as { bytes: Uint8Array }).bytes, bytes)).toBe(0);
		expect(host.followers[0]!.waiting).toBe(0);
	});

	run("answers go to their own question, whatever order they come in", async (carrier) => {
		const host = new RecordingHost();
		const gates = new Map<string, () => void>();
		host.answer = (_name, body) => {
			const { idHash } = body as { idHash: string };
			return new Promise((done) => gates.set(idHash, () => done({ problem: idHash })));
		};
		const link = await carrier.open(host);
		const heard = new Heard(link);
		await heard.until((h) => h.messages.length === 1);
		const ask = (idHash: string): Promise<unknown> => link.call("signOut", { idHash, source: "t" });
		const both = Promise.all([ask("a"), ask("b")]);
		while (gates.size < 2) await new Promise((done) => setImmediate(done));
		gates.get("b")!();
		gates.get("a")!();
		expect(await both).toEqual([{ problem: "a" }, { problem: "b" }]);
		expect(host.asked.map((one) => one.name)).toEqual(["signOut", "signOut"]);
	});

	run("a question on a closed link rejects, and core is told that its follower left", async (carrier) => {
		const host = new RecordingHost();
		const link = await carrier.open(host);
		const heard = new Heard(link);
		await heard.until((h) => h.messages.length === 1);
		await link.close();
		await expect(link.call("signOut", { idHash: "a", source: "t" })).rejects.toThrow("core is not reachable");
		while (host.gone === 0) await new Promise((done) => setImmediate(done));
		host.followers[0]!.send(aState(9));
		expect(heard.messages).toHaveLength(1);
	});

	run("a question under way when the link closes rejects", async (carrier) => {
		const host = new RecordingHost();
		let release = (): void => undefined;
		host.answer = () => new Promise((done) => (release = () => done(null)));
		const link = await carrier.open(host);
		const heard = new Heard(link);
		await heard.until((h) => h.messages.length === 1);
		const asked = link.call("signOut", { idHash: "a", source: "t" });
		const refused = expect(asked).rejects.toThrow("core is not reachable");
		while (host.asked.length === 0) await new Promise((done) => setImmediate(done));
		await link.close();
		release();
		await refused;
	});
}
