// /api/shifts: the roster of a district with who holds duty, the hand-over note made from what is open and what changed, and the note
// as a document. What changes a shift is an act (model/shift.ts); the note is made here, because here is what it counts.
import { z } from "zod";
import { KEPT_DAYS } from "#model/archive.ts";
import { dayNumber, dayStart } from "#model/document.ts";
import { cityOf, districtCode } from "#model/ids.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { commandIdSchema } from "#model/protocol.ts";
import { ANY_SYSTEM, holds } from "#model/register.ts";
import type { Who } from "#model/rights.ts";
import { type DistrictRota, dutyNow, type Handover, type OnDuty, partsOf, rosterBetween } from "#model/shift.ts";
import { handoverDocument, shiftNote } from "#model/shift_note.ts";
import type { DocumentMaker } from "../documents/maker.ts";
import { dutyRoom } from "../documents/names.ts";
import { archivedRecord, archivedSince } from "./archive.ts";
import { fileOf, handOut } from "./documents.ts";
import type { HttpParts } from "./parts.ts";
import { timeParam } from "./query.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";
import { noteFacts } from "./shift_facts.ts";

const DAY_MS = 86_400_000;
const PROVINCE = "210000";
const WEEK_MS = 7 * DAY_MS;
const SPAN_MAX_MS = 62 * 86_400_000;
const SHIFT_ID = /^\d{6}-\d{12}$/;

export function shiftRoutes(parts: HttpParts, maker: DocumentMaker): Route[] {
	return [listRoute(parts), noteRoute(parts), documentRoute(parts, maker)];
}

/** Who answers for a place now: by its own roster, else by that of its city or of the province, as an alarm is carried further. */
function onDutyFor({ mirror }: HttpParts, place: string, now: number): OnDuty | null {
	const handovers = mirror.register.all<Handover>("handover").map(({ body }) => body);
	for (const district of new Set([place, cityOf(place), PROVINCE])) {
		const own = mirror.register.find<DistrictRota>("rota", district)?.body;
		if (own === undefined) continue;
		const { name, people, overdueMs } = dutyNow(district, own, handovers, now);
		return { district, name, people, overdueMs };
	}
	return null;
}

function listRoute(parts: HttpParts): Route {
	const { mirror, clock } = parts;
	return route({
		method: "get",
		path: "/api/shifts",
		fresh: true,
		policy: { action: "read" },
		summary: "The roster of a district (your own when not said), what became of each shift, and who holds duty now",
		query: z.object({ district: districtCode.optional(), from: timeParam.optional(), to: timeParam.optional() }),
		handle: async ({ who, query }): Promise<Answer | Problem> => {
			const now = clock.now();
			const district = query.district ?? who.scope.districts[0] ?? "";
			if (!holds(who.scope, { district, system: ANY_SYSTEM }))
				return problem("not-found", "no such district in your scope", "district");
			const from = query.from ?? dayStart(now);
			const to = query.to ?? from + WEEK_MS;
			if (to <= from || to - from > SPAN_MAX_MS) return problem("bad-query", "up to 62 days at once", "to");
			const own = mirror.register.find<DistrictRota>("rota", district)?.body ?? null;
			// Districts with a roster within the scope: what a page can offer.
			const districts = mirror.register
				.all("rota")
				.filter((entry) => holds(who.scope, entry))
				.map(({ id }) => id);
			const onDuty = onDutyFor(parts, district, now);
			if (own === null) return { body: { district, districts, now, rota: null, duty: null, onDuty, shifts: [] } };
			const handovers = await handoversOf(parts, district, from, now);
			const shifts = rosterBetween(district, own, from, to).map((shift) => ({
				...shift,
				state: stateOf(handovers.get(shift.id)),
			}));
			const duty = dutyNow(district, own, [...handovers.values()], now);
			return { body: { district, districts, now, rota: own.rota, duty, onDuty, shifts } };
		},
	});
}

/** Those at hand, and of the time asked for also those of the archive. */
async function handoversOf(
	{ mirror, store }: HttpParts,
	district: string,
	from: number,
	now: number,
): Promise<Map<string, Handover>> {
	const live = mirror.register.all<Handover>("handover");
	const scope = { districts: [district], systems: null };
	const old = now - from < KEPT_DAYS * DAY_MS ? [] : await archivedSince<Handover>(store, "handover", from, scope);
	const entries = [...old, ...live].filter((entry) => entry.district === district);
	return new Map(entries.map(({ id, body }) => [id, body]));
}

/** What became of a shift, in one word each; the page has the Chinese. */
function stateOf(handover: Handover | undefined): "open" | "taken" | "drafted" | "half" | "signed" {
	if (handover === undefined || handover.taken.length === 0) return "open";
	if (handover.note === null) return "taken";
	return (["drafted", "half", "signed"] as const)[handover.signatures.length] ?? "signed";
}

function noteRoute(parts: HttpParts): Route {
	const { core, clock } = parts;
	return route({
		method: "post",
		path: "/api/shifts/:id/handover",
		fresh: true,
		policy: { action: "shift.edit" },
		summary:
			"Makes the hand-over note of a shift from what is open and what changed; a new one voids a single signature",
		body: z.object({ commandId: commandIdSchema, text: z.string().trim().max(4_000) }).strict(),
		handle: async ({ who, params, body, source }): Promise<Answer | Problem> => {
			const handover = await handoverFor(parts, who, params.id ?? "");
			if (isProblem(handover)) return handover;
			const { district, shift } = handover;
			const scopes = [who.scope, { districts: [district], systems: null }];
			const facts = await noteFacts(parts, { shift: params.id ?? "", since: shift.at, now: clock.now(), scopes });
			const blocks = shiftNote({ ...handover, text: body.text }, facts);
			const act = { commandId: body.commandId, id: params.id ?? "", text: body.text, blocks };
			const answer = await core.call("act", { who, name: "shift.handover", body: act, source });
			return isProblem(answer) ? answer : { body: answer };
		},
	});
}

function documentRoute(parts: HttpParts, maker: DocumentMaker): Route {
	return route({
		method: "get",
		path: "/api/shifts/:id/:file",
		fresh: true,
		policy: { action: "read" },
		summary: "The hand-over note of a shift with its signatures: handover.docx, handover.pdf",
		handle: async ({ who, params }): Promise<Answer | Problem> => {
			const asked = fileOf(params.file ?? "", ["handover"]);
			if (isProblem(asked)) return asked;
			const handover = await handoverFor(parts, who, params.id ?? "");
			if (isProblem(handover)) return handover;
			const document = handoverDocument(handover, dutyRoom(handover.district), parts.mirror.demo);
			if (document === null) return problem("not-found", "the note of this shift is not made yet");
			return handOut(maker, document, asked.form, `${dayNumber(handover.shift.at)} ${handover.shift.name} 交接班记录`);
		},
	});
}

async function handoverFor({ mirror, store }: HttpParts, who: Who, id: string): Promise<Handover | Problem> {
	const missing = problem("not-found", "no shift of your scope that somebody took has this id");
	if (!SHIFT_ID.test(id)) return missing;
	const live = mirror.register.find<Handover>("handover", id);
	const entry = live ?? (await archivedRecord<Handover>(store, "handover", id, who))?.entry ?? null;
	const { district } = partsOf(id);
	return entry === null || !holds(who.scope, { district, system: ANY_SYSTEM }) ? missing : entry.body;
}
