// The alarm list: plain DOM, virtual, independent of the map. Rows are keyed by alarm; keys j/k move, Enter opens, `a` goes to
// the row's button and, there, presses it. Tells the server what was rendered.
import { useVirtualizer } from "@tanstack/react-virtual";
import { Rows3, Rows4 } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { levelOf, type Scene } from "../../scene/scene.ts";
import { useChange, useLive, useMay, useNow } from "../live_context.ts";
import { AlarmRow } from "./AlarmRow.tsx";
import { useAlarmKeys } from "./alarm_keys.ts";
import { limitOf, measureOf } from "./alarm_rule.ts";
import { heldOrder, shownAlarms } from "./alarm_view.ts";
import { EmptyList, LoadingList, RedAnnouncer } from "./EmptyList.tsx";
import { useScene, useSetScene } from "./scene_state.ts";

/** rem, --row and --row-dense of the tokens: the officer's choice of density. */
const ROW_REM = { normal: 2, dense: 1.625 } as const;
type Density = keyof typeof ROW_REM;
const DENSITY_KEY = "liaowang.density";

export function AlarmList(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.alarms.change);
	const [density, setDensity] = useState<Density>(localStorage.getItem(DENSITY_KEY) === "dense" ? "dense" : "normal");
	const change = (): void => {
		const next = density === "normal" ? "dense" : "normal";
		localStorage.setItem(DENSITY_KEY, next);
		setDensity(next);
	};
	const { shown, hidden, hold, isHeld } = useShown();
	return (
		<section className="alarms" aria-label={t("alarms.title")}>
			<div className="alarms-head">
				<h2>{t("alarms.title")}</h2>
				<span className="quiet">
					{isHeld
						? t("alarms.heldOrder")
						: live.alarms.isLoaded
							? t("alarms.count", { count: live.alarms.open.length })
							: ""}
				</span>
				<Flood />
				<Hidden count={hidden} />
				<ReadOnly />
				<button
					type="button"
					className="icon-button alarms-density"
					aria-label={t("alarms.density")}
					title={`${t("alarms.density")}　${t("alarms.keys")}`}
					onClick={change}
				>
					{density === "normal" ? <Rows4 size="1.1em" aria-hidden="true" /> : <Rows3 size="1.1em" aria-hidden="true" />}
				</button>
			</div>
			<RedAnnouncer />
			{live.alarms.isLoaded ? (
				shown.length === 0 ? (
					<EmptyList isFiltered={live.alarms.open.length > 0} />
				) : (
					<VirtualRows alarms={shown} density={density} onHold={hold} />
				)
			) : (
				<LoadingList />
			)}
		</section>
	);
}

/** The rows after the filters, in an order that is held while the hand is on a button. */
function useShown(): {
	shown: readonly Alarm[];
	hidden: number;
	isHeld: boolean;
	hold: (isHeld: boolean) => void;
} {
	const live = useLive();
	const scene = useScene();
	const order = useRef<readonly string[]>([]);
	const [isHeld, setHeld] = useState(false);
	const { open } = live.alarms;
	const filtered = shownAlarms(open, { level: levelOf(scene), withQuiet: scene.quiet === "1" });
	const shown = isHeld ? heldOrder(filtered, order.current) : filtered;
	order.current = shown.map(({ id }) => id);
	return { shown, hidden: open.length - filtered.length, isHeld, hold: setHeld };
}

/** More than ten new ones in ten minutes are more than one person can work: ISA-18.2 calls it a flood. */
const FLOOD_COUNT = 10;
const FLOOD_MS = 600_000;

function Flood(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const count = now === 0 ? 0 : live.alarms.open.filter(({ raisedAt }) => now - raisedAt < FLOOD_MS).length;
	return count > FLOOD_COUNT ? <span className="alarms-flood">{t("alarms.flood", { count })}</span> : null;
}

/** Why there is nothing to press. */
function ReadOnly(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const may = useMay("alarm.acknowledge");
	if (may || live.wire.hello === null) return null;
	return <span className="quiet">{t("alarms.readOnly")}</span>;
}

function Hidden({ count }: { readonly count: number }): ReactElement | null {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	if (count === 0) return null;
	return (
		<button
			type="button"
			className="hidden-chip"
			onClick={() => setScene({ level: undefined, quiet: scene.level === undefined ? "1" : undefined })}
		>
			{t("top.hidden", { count })}
			<span className="hidden-act">{t("top.showHidden")}</span>
		</button>
	);
}

interface RowsProps {
	readonly alarms: readonly Alarm[];
	readonly density: Density;
	readonly onHold: (isHeld: boolean) => void;
}

function VirtualRows({ alarms, density, onHold }: RowsProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const scene = useScene();
	const setScene = useSetScene();
	const mayAcknowledge = useMay("alarm.acknowledge");
	useChange(live.commands.change);
	useChange(live.catalogue.change);
	const scroller = useRef<HTMLDivElement>(null);
	const rowPx = ROW_REM[density] * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
	const rows = useVirtualizer({
		count: alarms.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowPx,
		overscan: 8,
		getItemKey: (index) => alarms[index]?.id ?? index,
	});
	useEffect(() => {
		if (rowPx > 0) rows.measure();
	}, [rows, rowPx]);
	const acts = useMemo(
		() => ({
			open: (alarm: Alarm) =>
				setScene(
					alarm.asset === null
						? { alarm: alarm.id, asset: undefined, measure: undefined }
						: { alarm: undefined, asset: alarm.asset, measure: alarm.measure ?? undefined },
					true,
				),
			acknowledge: (alarm: Alarm) => void live.commands.send(alarm, "acknowledge").catch(reportError),
		}),
		[live, setScene],
	);
	useAlarmKeys(scroller, (index) => rows.scrollToIndex(index));
	useRendered(alarms, rows.getVirtualItems());
	return (
		<div ref={scroller} className={`alarm-scroll ${density}`}>
			<ol className="alarm-rows" aria-label={t("alarms.title")} style={{ height: rows.getTotalSize() }}>
				{rows.getVirtualItems().map((item) => {
					const alarm = alarms[item.index];
					if (alarm === undefined) return null;
					return (
						<li
							key={item.key}
							aria-setsize={alarms.length}
							aria-posinset={item.index + 1}
							className="alarm-place-at"
							style={{ height: item.size, transform: `translateY(${item.start}px)` }}
						>
							<AlarmRow
								alarm={alarm}
								measure={measureOf(live.catalogue, alarm)}
								limit={limitOf(live.catalogue, alarm)}
								pending={live.commands.of(alarm.id, "acknowledge")}
								now={now}
								mayAcknowledge={mayAcknowledge}
								isSelected={isChosen(alarm, scene)}
								index={item.index}
								onOpen={acts.open}
								onAcknowledge={acts.acknowledge}
								onHold={onHold}
							/>
						</li>
					);
				})}
			</ol>
		</div>
	);
}

/** After the rows are in the document, each event that they show is reported as rendered. */
function useRendered(alarms: readonly Alarm[], items: readonly { readonly index: number }[]): void {
	const live = useLive();
	useEffect(() => {
		for (const { index } of items) {
			const seq = alarms[index]?.seq;
			if (seq !== undefined && seq !== null) live.receipts.tell(seq, "rendered");
		}
	});
}

/** The one that was opened; other alarms of the same asset stay quiet. */
function isChosen(alarm: Alarm, scene: Scene): boolean {
	if (alarm.asset === null) return alarm.id === scene.alarm;
	if (alarm.asset !== scene.asset) return false;
	return scene.measure === undefined || alarm.measure === scene.measure;
}
