// The sender's own ledger for kill tests: `S id asset measure at value` before a reading leaves, `A id` after its door has answered.
// Append-only. An S line is in the file before the bytes are on the wire; lines are fsynced five times a second and at the end.
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import type { SentReading, Witness } from "./parcel.ts";

const SYNC_MS = 200;

export class Ledger implements Witness {
	readonly #file: number;
	readonly #timer: NodeJS.Timeout;
	#acknowledged = "";
	#isDirty = false;

	/** Throws when the file cannot be opened: there is no run without its ledger. */
	constructor(path: string) {
		this.#file = openSync(path, "a", 0o600);
		this.#timer = setInterval(() => this.#sync(), SYNC_MS);
		this.#timer.unref();
	}

	sent(readings: readonly SentReading[]): void {
		let lines = "";
		for (const { id, asset, measure, at, value } of readings) lines += `S ${id} ${asset} ${measure} ${at} ${value}\n`;
		writeSync(this.#file, lines);
		this.#isDirty = true;
	}

	acknowledged(readings: readonly SentReading[]): void {
		for (const { id } of readings) this.#acknowledged += `A ${id}\n`;
	}

	close(): void {
		clearInterval(this.#timer);
		this.#sync();
		closeSync(this.#file);
	}

	#sync(): void {
		if (this.#acknowledged !== "") {
			writeSync(this.#file, this.#acknowledged);
			this.#acknowledged = "";
			this.#isDirty = true;
		}
		if (!this.#isDirty) return;
		fsyncSync(this.#file);
		this.#isDirty = false;
	}
}
