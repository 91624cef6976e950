// The river of 24 hours at the foot of the desk. A pin opens the alarm it stands for, or what is left of it: its asset.
import type { ReactElement } from "react";
import type { RiverPin } from "../../live/river.ts";
import { useChange, useLive, useShut } from "../live_context.ts";
import { River } from "../parts/river/River.tsx";
import { useSetScene } from "./scene_state.ts";

export function DeskRiver(): ReactElement | null {
	const live = useLive();
	const setScene = useSetScene();
	const isShut = useShut("read");
	useChange(live.wire.change);
	if (isShut) return null;
	const open = (pin: RiverPin): void => {
		const measure = live.alarms.find(pin.alarm)?.measure ?? undefined;
		setScene(
			pin.asset === null
				? { alarm: pin.alarm, asset: undefined, measure: undefined }
				: { alarm: undefined, asset: pin.asset, measure },
			true,
		);
	};
	return <div className="desk-river">{live.wire.hello === null ? null : <River onPin={open} />}</div>;
}
