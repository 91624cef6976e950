// The desk: alarms at the left, map in the middle, the case in hand at the right, the river of 24 hours at the foot. Each part has
// its own guard: none can take another with it.
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { Room } from "../parts/Room.tsx";
import { AlarmList } from "./AlarmList.tsx";
import { AlarmPanel } from "./AlarmPanel.tsx";
import { AsideChip, AsidePanel } from "./AsidePanel.tsx";
import { AssetPanel } from "./AssetPanel.tsx";
import { DeskRiver } from "./DeskRiver.tsx";
import { LayerPanel } from "./LayerPanel.tsx";
import { Legend } from "./Legend.tsx";
import { MapView } from "./MapView.tsx";
import { useGoTo } from "./map_reach.ts";
import { useScene } from "./scene_state.ts";
import "../../style/alarms.css";
import "../../style/list.css";
import "../../style/asset.css";
import "../../style/case.css";
import "../../style/curve.css";

/** px: below this a person holds a telephone, and has a page of its own. */
const PHONE_BELOW = 700;

export function DutyPage(): ReactElement | null {
	const isPhone = window.innerWidth < PHONE_BELOW;
	useEffect(() => {
		if (isPhone) location.replace("/phone");
	}, [isPhone]);
	return isPhone ? null : <Desk />;
}

function Desk(): ReactElement {
	const { t } = useTranslation();
	const scene = useScene();
	const live = useLive();
	const goTo = useGoTo();
	useEffect(() => live.follower.setSelected(scene.asset ?? null), [live, scene.asset]);
	const hasAsset = scene.asset !== undefined || scene.alarm !== undefined;
	return (
		<Room name={hasAsset ? "duty with-asset" : "duty"} title={t("doors.duty")} notes={<AsideChip />} needs="own.read">
			<div className="desk">
				<Guard name="alarms">
					<AlarmList />
				</Guard>
				<div className="desk-map">
					<Guard name="map">
						<MapView />
					</Guard>
					<Guard name="layers">
						<LayerPanel />
						<Legend />
					</Guard>
					{scene.panel === undefined || scene.asset !== undefined || scene.alarm !== undefined ? null : (
						<Guard name="aside">
							<AsidePanel />
						</Guard>
					)}
					{scene.alarm === undefined || scene.asset !== undefined ? null : (
						<Guard name="alarm">
							<AlarmPanel id={scene.alarm} />
						</Guard>
					)}
					{scene.asset === undefined ? null : (
						<Guard name="asset">
							<AssetPanel id={scene.asset} goTo={goTo} />
						</Guard>
					)}
				</div>
			</div>
			<Guard name="river">
				<DeskRiver />
			</Guard>
		</Room>
	);
}
