// A number that grows when something changed, and who wants to know. The page's parts tell each other with it, and React
// reads the number as its snapshot (never a fresh object). It carries no payload: the listener looks at the owner.

export class Change {
	version = 0;
	private readonly listeners = new Set<() => void>();

	/** @returns how to stop listening. Bound: React keeps the function. */
	readonly subscribe = (listener: () => void): (() => void) => {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	};

	/** Bound: the snapshot of useSyncExternalStore. */
	readonly read = (): number => this.version;

	bump(): void {
		this.version += 1;
		for (const listener of this.listeners) listener();
	}
}
