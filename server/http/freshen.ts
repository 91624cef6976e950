// Who was answered by a door and then asks here must see what was stored: before a list is read, core is asked to send what
// changed. Requests that wait at the same time share one question. When core is away the copy is served as it stands; the
// page's signs of life say how old it is.
import type { CoreLink } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";

export class Freshener {
	private readonly core: CoreLink;
	private readonly mirror: Pick<Mirror, "link">;
	private asking: Promise<void> | null = null;
	private next: Promise<void> | null = null;

	constructor(core: CoreLink, mirror: Pick<Mirror, "link">) {
		this.core = core;
		this.mirror = mirror;
	}

	/** Resolves when everything that core had when this was called has reached the copy, or when core is lost. */
	fresh(): Promise<void> {
		if (this.mirror.link === "lost") return Promise.resolve();
		if (this.asking === null) return this.ask();
		// A question that is under way may have passed core before this caller's reading did.
		this.next ??= this.asking.then(() => {
			this.next = null;
			return this.ask();
		});
		return this.next;
	}

	private ask(): Promise<void> {
		const settled = (): void => {
			this.asking = null;
		};
		// A lost link is told by the mirror; here it only means that nothing newer can be had.
		this.asking = this.core.call("fresh", {}).then(settled, settled);
		return this.asking;
	}
}
