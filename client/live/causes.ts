// The groups of one cause among the page's open alarms: fed event by event by the alarm book, with places from the catalogue. Read by
// the desk's list and the incident page. It changes no alarm and hides none. The same groups as core's (live/causes.ts there): an alarm
// of silence itself says which gateway it hangs on.
import { Causes } from "#model/causes.ts";
import type { CauseGroup } from "#model/causes_group.ts";
import type { CauseAlarm, CauseAsset, CauseWorld } from "#model/causes_ties.ts";
import type { AlarmBook } from "./alarms.ts";
import type { Catalogue } from "./catalogue.ts";
import { Change } from "./change.ts";

export class PageCauses {
	/** As often as the alarm list is drawn, when groups changed. */
	readonly change = new Change();
	private readonly causes: Causes;
	private readonly alarms: AlarmBook;
	private told = 0;

	constructor(alarms: AlarmBook, catalogue: Pick<Catalogue, "find" | "change">) {
		this.alarms = alarms;
		this.causes = new Causes(worldOf(catalogue));
		alarms.onNews(({ alarm }) => this.causes.set(alarm));
		alarms.replaced.subscribe(() => this.again());
		// Places and networks came, or are others than before.
		catalogue.change.subscribe(() => this.again());
		alarms.change.subscribe(() => this.tell());
		this.again();
	}

	/** Groups of two and more, worst first, then newest. The same array until the next event. */
	get groups(): readonly CauseGroup[] {
		return this.causes.groups();
	}

	/** null: it stands alone. */
	groupOf(alarm: string): CauseGroup | null {
		return this.causes.groupOf(alarm);
	}

	/** The group of an incident's cause: by its key, one merged into it, or its root alarm. */
	groupFor(cause: string | null, rootAlarm: string | null): CauseGroup | null {
		const byKey =
			cause === null ? undefined : this.groups.find(({ key, aliases }) => key === cause || aliases.includes(cause));
		return byKey ?? (rootAlarm === null ? null : this.groupOf(rootAlarm));
	}

	/** Looks and moves so far. */
	get work(): number {
		return this.causes.work;
	}

	private again(): void {
		this.causes.replace(this.alarms.open satisfies readonly CauseAlarm[]);
		this.tell();
	}

	private tell(): void {
		if (this.told === this.causes.revision) return;
		this.told = this.causes.revision;
		this.change.bump();
	}
}

function worldOf(catalogue: Pick<Catalogue, "find">): CauseWorld {
	return {
		asset: (id): CauseAsset | undefined => {
			const found = catalogue.find(id);
			return found === undefined ? undefined : { ...found.record, system: found.system };
		},
	};
}
