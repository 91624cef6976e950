// The scene in the URL, as hooks: what is selected, hidden, filtered. Navigation replaces by default, so that Back leaves the
// page and not one filter; selecting an asset is a step of its own.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Scene } from "../../scene/scene.ts";

export function useScene(): Scene {
	return useSearch({ from: "/duty" }) as Scene;
}

export function useSetScene(): (change: Partial<Record<keyof Scene, string | undefined>>, isStep?: boolean) => void {
	const navigate = useNavigate({ from: "/duty" });
	return useCallback(
		(change, isStep = false) => {
			const search = (before: Scene): Scene => {
				const after: Record<string, string> = {};
				for (const [key, value] of Object.entries({ ...before, ...change }))
					if (value !== undefined) after[key] = value;
				return after;
			};
			navigate({ to: "/duty", search, replace: !isStep }).catch(reportError);
		},
		[navigate],
	);
}
