// Calls between a thread and its worker: numbered requests, one answer each, in order. Both sides of the store's two
// workers speak it. It knows nothing of SQL or readings; what is transferred is named by the caller.
import type { Worker } from "node:worker_threads";

export interface Request {
	readonly id: number;
	readonly method: string;
	readonly args: readonly unknown[];
}

export type Answer =
	| { readonly id: number; readonly ok: true; readonly value: unknown; readonly extra: unknown }
	| { readonly id: number; readonly ok: false; readonly error: unknown; readonly extra: unknown };

interface Waiting {
	readonly resolve: (value: never) => void;
	readonly reject: (error: unknown) => void;
}

/** The calling side. */
export class Calls {
	private readonly worker: Worker;
	private readonly onExtra: (extra: unknown) => void;
	private readonly waiting = new Map<number, Waiting>();
	private last = 0;
	private ended: Error | null = null;

	/** `onExtra` hears what the worker says beside each answer, before the answer's promise settles. */
	constructor(worker: Worker, onExtra: (extra: unknown) => void, onEnd: (error: Error) => void) {
		this.worker = worker;
		this.onExtra = onExtra;
		worker.on("message", (answer: Answer) => this.settle(answer));
		const end = (error: Error) => {
			if (this.ended !== null) return;
			this.ended = error;
			for (const { reject } of this.waiting.values()) reject(error);
			this.waiting.clear();
			onEnd(error);
		};
		worker.on("error", (error) => end(error instanceof Error ? error : new Error(String(error))));
		worker.on("exit", (code) => end(new Error(`the store's worker ended with code ${code}`)));
	}

	call<T>(method: string, args: readonly unknown[], transfer: readonly ArrayBuffer[] = []): Promise<T> {
		if (this.ended !== null) return Promise.reject(this.ended);
		const id = ++this.last;
		return new Promise<T>((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			const request: Request = { id, method, args };
			this.worker.postMessage(request, [...transfer]);
		});
	}

	private settle(answer: Answer): void {
		this.onExtra(answer.extra);
		const waiting = this.waiting.get(answer.id);
		this.waiting.delete(answer.id);
		if (answer.ok) waiting?.resolve(answer.value as never);
		else waiting?.reject(answer.error);
	}
}
