// What became of an event on this screen: received, rendered, sounding. The server raises its voice elsewhere when a desk
// stays deaf. Each (seq, stage) is told once; `received` is told by the wire itself.

export interface ReceiptWire {
	receipt(seq: number, stage: "received" | "rendered" | "sounding"): void;
}

/** Remembered at most; older ones were told long ago. */
const KEEP = 4_000;

export class Receipts {
	private readonly told = new Set<string>();
	private readonly wire: ReceiptWire;

	constructor(wire: ReceiptWire) {
		this.wire = wire;
	}

	tell(seq: number, stage: "rendered" | "sounding"): void {
		const key = `${seq} ${stage}`;
		if (this.told.has(key)) return;
		this.told.add(key);
		if (this.told.size > KEEP) {
			const oldest = this.told.values().next();
			if (oldest.done === false) this.told.delete(oldest.value);
		}
		this.wire.receipt(seq, stage);
	}
}
