// The head of the alarm list: how many, in which order, causes folded or apart, what happened while the rows were held, density and
// the keys.
import { Keyboard, Rows3, Rows4 } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { alarmOrders } from "../../live/alarm_order.ts";
import { useLive, useMay } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { orderOf } from "./list_filter.ts";
import { useScene, useSetScene } from "./scene_state.ts";
import type { Density } from "./use_density.ts";
import type { DeskList } from "./use_list.ts";

interface ListHeadProps {
	readonly list: DeskList;
	readonly density: Density;
	readonly onDensity: () => void;
	readonly onHelp: () => void;
}

export function ListHead({ list, density, onDensity, onHelp }: ListHeadProps): ReactElement {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	const isApart = scene.apart === "1";
	return (
		<div className="alarms-head">
			<h2>{t("alarms.title")}</h2>
			<HeadNote list={list} />
			<div className="alarms-tools">
				<label className="alarms-sort">
					<span className="hidden-text">{t("desk.list.sort")}</span>
					<select
						value={orderOf(scene)}
						title={t("desk.list.sort")}
						onChange={({ target }) => setScene({ sort: target.value === "level" ? undefined : target.value })}
					>
						{alarmOrders.map((order) => (
							<option key={order} value={order}>
								{t(`desk.list.by.${order}`)}
							</option>
						))}
					</select>
				</label>
				<button
					type="button"
					className="switch"
					aria-pressed={isApart}
					title={t("desk.list.apartNote")}
					onClick={() => setScene({ apart: isApart ? undefined : "1" })}
				>
					{t("desk.list.apart")}
				</button>
				<button
					type="button"
					className="icon-button"
					aria-label={t("alarms.density")}
					title={t("alarms.density")}
					onClick={onDensity}
				>
					{density === "normal" ? <Rows4 size="1.1em" aria-hidden="true" /> : <Rows3 size="1.1em" aria-hidden="true" />}
				</button>
				<IconButton word={t("desk.keys.title")} icon={Keyboard} title={`${t("desk.keys.title")}　?`} onClick={onHelp} />
			</div>
		</div>
	);
}

/** How many; while rows are held, that they are, and the red that came meanwhile. */
function HeadNote({ list }: { readonly list: DeskList }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const may = useMay("alarm.acknowledge");
	const red = list.newReds[0];
	if (red !== undefined) {
		return (
			<strong className="alarms-new-red">
				{t("desk.list.newRed", { count: list.newReds.length, where: placeName(red.district), name: red.name })}
			</strong>
		);
	}
	if (list.isHeld) return <span className="quiet">{t("alarms.heldOrder")}</span>;
	if (!live.alarms.isLoaded) return <span className="quiet" />;
	const count = live.alarms.counts.reduce((sum, { all }) => sum + all, 0);
	return (
		<span className="quiet">
			{t("alarms.count", { count })}
			{may || live.wire.hello === null
				? null
				: `　${t(live.wire.hello.user === "demo" ? "alarms.readOnly" : "alarms.readOnlyOwn")}`}
		</span>
	);
}
