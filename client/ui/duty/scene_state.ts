// The scene in the URL, as hooks: what is selected, hidden, filtered. Navigation replaces by default, so that Back leaves the
// page and not one filter; selecting an asset is a step of its own. The band stands in every room of the desk: asked from
// another room, the scene is empty and a change of it goes to the desk.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Scene } from "../../scene/scene.ts";

const DESK = "/duty";
const NOTHING: Scene = {};

export type SceneChange = Partial<Record<keyof Scene, string | undefined>>;

export function isOnDesk(): boolean {
	return location.pathname.replace(/\/$/, "") === DESK;
}

export function useScene(): Scene {
	const search = useSearch({ strict: false }) as Scene;
	return isOnDesk() ? search : NOTHING;
}

export function useSetScene(): (change: SceneChange, isStep?: boolean) => void {
	const navigate = useNavigate();
	return useCallback(
		(change, isStep = false) => {
			const changed = (before: Scene): Record<string, string> => {
				const after: Record<string, string> = {};
				for (const [key, value] of Object.entries({ ...before, ...change }))
					if (value !== undefined) after[key] = value;
				return after;
			};
			// A whole load: a page has one map for its life.
			if (!isOnDesk()) location.assign(`${DESK}?${new URLSearchParams(changed(NOTHING))}`);
			else navigate({ to: DESK, search: changed, replace: !isStep }).catch(reportError);
		},
		[navigate],
	);
}
