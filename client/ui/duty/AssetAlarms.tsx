// The open alarms of the selected asset, worst first, each as a case.
import type { ReactElement } from "react";
import type { Alarm } from "#model/alarm.ts";
import { useChange, useLive } from "../live_context.ts";
import { Case } from "./Case.tsx";

export function AssetAlarms({ assetId }: { readonly assetId: string }): ReactElement | null {
	const mine = useAlarmsOf(assetId);
	if (mine.length === 0) return null;
	return (
		<section className="block cases">
			{mine.map((alarm) => (
				<Case key={alarm.id} alarm={alarm} />
			))}
		</section>
	);
}

/** In the order of the list: worst first. */
export function useAlarmsOf(assetId: string): readonly Alarm[] {
	const live = useLive();
	useChange(live.alarms.change);
	return live.alarms.open.filter((alarm) => alarm.asset === assetId);
}
