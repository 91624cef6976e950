// What every sender of the ledger tests is: it writes down what it sends, sends it until it is answered, and then the next.
// Of one channel never more than one message is under way, so that the order of a channel is known whatever is killed.

export interface Channel {
	readonly asset: string;
	readonly measure: string;
	/** Values on both sides of every threshold. */
	readonly levels: readonly number[];
}

export interface Sender {
	/** Messages that had to be sent more than once. */
	readonly repeats: number;
	start(): void;
	/** Sends nothing new; resolves when everything sent is answered. */
	drain(): Promise<void>;
	/** Closes its connections. */
	close(): Promise<void>;
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
