// Plan of the act that moves records to the archive. Which and when is decided by model/archive.ts, asked again here: between the
// look and the act a person may have opened an incident again.
import { type ArchiveWorld, type archiveActs, leavesAt, leaving } from "#model/archive.ts";
import type { IncidentTask } from "#model/incident.ts";
import { problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import type { Plans } from "../act.ts";
import type { RegisterReader } from "../register.ts";

export const archivePlans: Plans<typeof archiveActs> = {
	"register.archive": ({ entries }, { register, now }) => {
		const world = archiveWorld(register);
		const leaves = entries.flatMap(({ kind, id }) => {
			const entry = register.state(kind, id);
			const due = entry === null ? null : leavesAt(entry, world);
			return entry === null || due === null || due.at > now ? [] : leaving(entry, due.overAt, world);
		});
		return leaves.length === 0
			? problem("already", "nothing of it is over long enough")
			: { leaves, answer: { left: leaves.length } };
	},
};

/** Made anew for each look: tasks are found by their incident without walking over all of them each time. */
export function archiveWorld(register: Pick<RegisterReader, "all">): ArchiveWorld {
	const tasks = Map.groupBy(register.all<IncidentTask>("task"), ({ body }) => body.incident);
	const none: readonly Entry<IncidentTask>[] = [];
	return { tasksOf: (incident) => tasks.get(incident) ?? none };
}
