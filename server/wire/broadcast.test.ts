import { expect, test } from "vitest";
import type { Notice } from "#model/protocol.ts";
import { type Scope, WHOLE_PROVINCE } from "#model/rights.ts";
import { Broadcast } from "./broadcast.ts";
import type { Session } from "./session.ts";

function screen(scope: Scope) {
	const notices: Notice[] = [];
	const session = {
		who: { user: "x", roles: ["duty"], scope },
		port: { notice: (notice: Notice) => notices.push(notice) },
	};
	return { notices, session: session as unknown as Session };
}

test("E2 a log line raises no revision and is told by its subject, to those alone who may read it", () => {
	const all = screen(WHOLE_PROVINCE);
	const dalian = screen({ districts: ["210200"], systems: null });
	const sessions = [all.session, dalian.session];
	const broadcast = new Broadcast({} as never, {} as never, () => sessions);
	const line = { subject: "alarm:a7", district: "210102", system: "gas" };
	broadcast.register(5, null);
	broadcast.register(5, [line]);
	broadcast.register(6, []);
	broadcast.register(7, [line]);
	broadcast.register(7, []);
	const told = (logs: readonly string[] | null, revision: number): Notice => ({ type: "register", revision, logs });
	expect(all.notices).toEqual([told(null, 5), told(["alarm:a7"], 5), told([], 6), told(["alarm:a7"], 7)]);
	expect(dalian.notices).toEqual([told(null, 5), told([], 6), told([], 7)]);
});
