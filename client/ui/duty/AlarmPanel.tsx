// The case in hand when it is about no asset: a door that hears nothing, a district, the system itself.
import { X } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { LevelMark } from "../parts/LevelMark.tsx";
import { Case } from "./Case.tsx";
import { Notes } from "./Notes.tsx";
import { useSetScene } from "./scene_state.ts";

export function AlarmPanel({ id }: { readonly id: string }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const setScene = useSetScene();
	useChange(live.alarms.change);
	const alarm = live.alarms.find(id);
	return (
		<aside className="asset" aria-label={alarm?.name ?? id}>
			<IconButton
				className="asset-close"
				word={t("asset.close")}
				icon={X}
				onClick={() => setScene({ alarm: undefined })}
			/>
			{alarm === undefined ? (
				<div className="notice-block">
					<p>{t("alarms.closed")}</p>
				</div>
			) : (
				<>
					<div className="asset-head">
						<span className="asset-state">
							<LevelMark state={alarm.severity} size={1.75} hollow={!alarm.active} />
						</span>
						<div className="asset-name">
							<h2>{alarm.name}</h2>
							<p className="quiet">{placeName(alarm.district)}</p>
						</div>
					</div>
					<div className="asset-body">
						<section className="block cases">
							<Case alarm={alarm} />
						</section>
					</div>
					<Notes alarms={[alarm]} />
				</>
			)}
		</aside>
	);
}
