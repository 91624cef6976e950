// A disk that fails when the test says so: every commit waits until it is told to be stored, refused, or cut by a crash before or
// after it reached the disk. What was stored survives; a life that has crashed is heard no more. Real disks are tried in test/fault.
import type { Alarm, Transition } from "#model/alarm.ts";
import type { CommitBatch, Store, StoredAnswer } from "../../server/store/store.ts";

interface Waiting {
	readonly batch: CommitBatch;
	resolve(): void;
	reject(error: Error): void;
}

const NEVER = new Promise<never>(() => undefined);

export class CrashDisk {
	readonly log: Transition[] = [];
	readonly alarms = new Map<string, Alarm>();
	readonly answers = new Map<string, StoredAnswer>();
	audits = 0;
	isOpen = true;
	private waiting: Waiting | null = null;
	private life = 0;

	get isWaiting(): boolean {
		return this.waiting !== null;
	}

	/** The store of one life of the process. */
	open(): Store {
		const life = ++this.life;
		const isDead = () => life !== this.life;
		return {
			commit: (batch: CommitBatch) => {
				if (isDead()) return NEVER;
				if (this.waiting !== null) throw new Error("a second commit came before the first was answered");
				return new Promise<void>((resolve, reject) => {
					this.waiting = { batch, resolve, reject };
				});
			},
			answerOf: (key: string) => (isDead() ? NEVER : Promise.resolve(this.answers.get(key) ?? null)),
			state: () => ({ open: this.isOpen }),
		} as Partial<Store> as Store;
	}

	stored(): void {
		const done = this.take();
		if (done === null) return;
		this.write(done.batch);
		done.resolve();
	}

	refused(): void {
		this.take()?.reject(new Error("EIO"));
	}

	/** The process is gone; the commit under way reached the disk or did not. */
	crash(reached: boolean): void {
		const cut = this.take();
		if (cut !== null && reached) this.write(cut.batch);
		this.life += 1;
	}

	private take(): Waiting | null {
		const { waiting } = this;
		this.waiting = null;
		return waiting;
	}

	private write({ transitions, answers, audits }: CommitBatch): void {
		for (const transition of transitions) {
			if (transition.seq !== this.log.length + 1)
				throw new Error(`transition ${transition.seq} does not follow ${this.log.length}`);
			this.log.push(transition);
			this.alarms.set(transition.alarm.id, transition.alarm);
		}
		for (const { commandId, answer } of answers) {
			if (this.answers.has(commandId)) throw new Error(`${commandId} is answered twice`);
			this.answers.set(commandId, answer);
		}
		this.audits += audits.length;
	}
}
