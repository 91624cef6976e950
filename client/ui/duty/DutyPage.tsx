// The desk: band at the top, alarms at the left, map in the middle, the case in hand at the right, the river of 24 hours at the
// foot, and the veil over all of it when the picture is no longer true. Each part has its own guard: none can take another
// with it.
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useLive } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { problemText } from "../parts/problem_text.ts";
import { Veil } from "../parts/Veil.tsx";
import { CallBar } from "../reach/ReachChip.tsx";
import { AlarmList } from "./AlarmList.tsx";
import { AlarmPanel } from "./AlarmPanel.tsx";
import { AsideChip, AsidePanel } from "./AsidePanel.tsx";
import { AssetPanel } from "./AssetPanel.tsx";
import { DeskRiver } from "./DeskRiver.tsx";
import { LayerPanel } from "./LayerPanel.tsx";
import { Legend } from "./Legend.tsx";
import { MapView } from "./MapView.tsx";
import { useGoTo } from "./map_reach.ts";
import { SoundBar } from "./SoundButton.tsx";
import { useScene } from "./scene_state.ts";
import { TopBand } from "./TopBand.tsx";
import "../../style/alarms.css";
import "../../style/list.css";
import "../../style/map.css";
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
	const scene = useScene();
	const live = useLive();
	useChange(live.link.change);
	const goTo = useGoTo();
	useEffect(() => live.follower.setSelected(scene.asset ?? null), [live, scene.asset]);
	return (
		<div
			className={`duty${live.link.state === "lost" ? " old" : ""}${scene.asset === undefined && scene.alarm === undefined ? "" : " with-asset"}`}
		>
			<Guard name="top">
				<TopBand>
					<AsideChip />
				</TopBand>
			</Guard>
			<div className="bars">
				<SoundBar />
				<CallBar />
				<Refused />
				<Thinned />
			</div>
			<main className="desk">
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
			</main>
			<Guard name="river">
				<DeskRiver />
			</Guard>
			<Veil />
		</div>
	);
}

/** Why the server does not serve this page: said, with what to do. */
function Refused(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.wire.change);
	useChange(live.catalogue.change);
	const told = live.wire.refused ?? live.catalogueProblem;
	if (told === null) return null;
	return (
		<p className="refused" role="alert">
			{problemText(t, told)}
			{told.detail === undefined ? null : <span className="quiet">　{told.detail}</span>}
		</p>
	);
}

/** Whatever the server thinned for this screen is said until the person has read it. */
function Thinned(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const [read, setRead] = useState(0);
	useChange(live.second);
	const newest = live.thinned.at(-1);
	if (newest === undefined || live.thinnedCount <= read) return null;
	return (
		<p className="refused" role="status">
			{t("layers.thinned")}
			<span className="quiet">{newest.detail}</span>
			<button type="button" className="button" onClick={() => setRead(live.thinnedCount)}>
				{t("asset.close")}
			</button>
		</p>
	);
}
