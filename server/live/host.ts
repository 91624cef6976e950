// Core's end of the bus: who follows, and which part answers which call.
import { refuseUndivided } from "#model/rights.ts";
import type { AnswerOf, CallName, CallOf, CoreCalls, CoreHost } from "../bus/bus.ts";
import type { Heart } from "./heart.ts";
import { importPeople } from "./people_import.ts";
import { noReach, type ReachDoor } from "./reach_door.ts";
import type { Screens } from "./screens.ts";

type Calls = { [N in CallName]: (body: CoreCalls[N][0]) => Promise<CoreCalls[N][1]> | CoreCalls[N][1] };

/** @param reach null: nobody is reached (the feed of a past year, tests of other parts). */
export function coreHost(heart: Heart, screens: Screens, reach: ReachDoor | null = null): CoreHost {
	const { accounts, acts, commands, editor, followers, quarantine, recorder } = heart;
	const calls: Calls = {
		fresh: () => {
			followers.tick();
			return { revision: heart.latest.revision };
		},
		command: (body) => commands.run(body),
		acknowledgeMany: (body) => commands.acknowledgeMany(body),
		act: (body) => acts.run(body),
		signIn: (body) => accounts.signIn(body.name, body.password, body.source),
		demoSession: (body) => accounts.demoSession(body.role, body.source),
		signOut: (body) => accounts.signOut(body.idHash, body.source),
		setUp: (body) => accounts.setUp(body.code, body.name, body.password, body.source),
		putUser: (body) => accounts.putUser(body.who, body.person, body.password, body.final, body.source),
		people: (body) => accounts.people(body.who),
		importPeople: (body) => importPeople(accounts, body.who, body.rows, body.source),
		endSessions: (body) => accounts.endSessions(body.who, body.name, body.source),
		changePassword: (body) => accounts.changePassword(body.idHash, body.old, body.password, body.source),
		active: ({ idHash }) => {
			accounts.active(idHash);
			return null;
		},
		noted: async ({ who, action, subject, detail, source }) => {
			const at = heart.clock.now();
			const text = JSON.stringify(detail);
			await recorder.edit([], [{ at, user: who.user, action, subject, result: "ok", detail: text, source }]);
			return null;
		},
		putAssets: (body) => editor.putAssets(body.who, body.assets, body.source),
		removeAsset: (body) => editor.removeAsset(body.who, body.id, body.source),
		putDevice: (body) => editor.putDevice(body.who, body.device, body.source),
		devices: (body) => editor.listDevices(body.who),
		putRule: (body) => editor.putRule(body.who, body.kind, body.asset, body.limit, body.removed, body.source),
		quarantine: (body) => refuseUndivided(body.who, "device.edit") ?? quarantine.list(),
		receipts: ({ receipts }) => {
			for (const receipt of receipts) {
				if (receipt.selfTest === true) {
					reach?.selfTested(receipt.seq, receipt.screen);
					continue;
				}
				recorder.receipt(receipt);
				reach?.receipt(receipt);
			}
			return null;
		},
		reach: ({ who }) => reach?.view(who) ?? noReach(heart.clock.now()),
		screens: (body) => {
			screens.seen(body.screens, heart.clock.now());
			reach?.seen(body.screens);
			return null;
		},
	};
	return {
		joined: (follower) => followers.joined(follower),
		left: (follower) => followers.left(follower),
		async call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>> {
			const run = calls[name];
			if (run === undefined) throw new Error(`no call "${name}"`);
			return await run(body);
		},
	};
}
