// Core's end of the bus: who follows, and which part answers which call.
import { refuse } from "#model/rights.ts";
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
		putUser: ({ who, password, source, ...user }) => accounts.putUser(who, user, password, source),
		putAssets: (body) => editor.putAssets(body.who, body.assets, body.source),
		removeAsset: (body) => editor.removeAsset(body.who, body.id, body.source),
		putDevice: (body) => editor.putDevice(body.who, body.device, body.source),
		devices: (body) => editor.listDevices(body.who),
		putRule: (body) => editor.putRule(body.who, body.kind, body.asset, body.limit, body.removed, body.source),
		quarantine: (body) => refuse(body.who, "device.edit", null) ?? quarantine.list(),
		receipts: ({ receipts }) => {
			for (const receipt of receipts) {
				recorder.receipt(receipt);
				reach?.receipt(receipt);
			}
			return null;
		},
		screens: (body) => {
			screens.seen(body.screens, heart.clock.now());
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
		reach: ({ who }) => reach?.view(who) ?? noReach(heart.clock.now()),
			reach?.seen(body.screens);
