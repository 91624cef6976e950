// The rows of the list: virtual, keyed by alarm, so that focus and pointer stay with what they are on. Tells the server what was
// rendered, and says when an unacknowledged red stands above what is scrolled into view.
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type ReactElement, type RefObject, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import type { Live } from "../../live/live.ts";
import type { Scene } from "../../scene/scene.ts";
import { useChange, useLive, useMay, useNow } from "../live_context.ts";
import type { DeskAction } from "./AlarmForms.tsx";
import { AlarmRow } from "./AlarmRow.tsx";
import { useAlarmKeys } from "./alarm_keys.ts";
import { limitOf, measureOf } from "./alarm_rule.ts";
import { GroupRow } from "./GroupRow.tsx";
import type { ListLine } from "./list_lines.ts";
import { useScene, useSetScene } from "./scene_state.ts";
import type { Chosen } from "./use_chosen.ts";
import { type Density, ROW_REM } from "./use_density.ts";
import type { DeskList } from "./use_list.ts";

interface AlarmRowsProps {
	readonly list: DeskList;
	readonly chosen: Chosen;
	readonly density: Density;
	readonly visible: RefObject<ReadonlySet<string>>;
	readonly onAct: (alarm: Alarm, action: DeskAction) => void;
	readonly onFind: () => void;
	readonly onHelp: () => void;
}

export function AlarmRows(props: AlarmRowsProps): ReactElement {
	const { list, density, visible } = props;
	const { lines } = list;
	const { t } = useTranslation();
	const scroller = useRef<HTMLDivElement>(null);
	const rowPx = ROW_REM[density] * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
	const rows = useVirtualizer({
		count: lines.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowPx,
		overscan: 8,
		getItemKey: (index) => lines[index]?.key ?? index,
	});
	useEffect(() => {
		if (rowPx > 0) rows.measure();
	}, [rows, rowPx]);
	useHand(scroller, rows, props);
	const facts = useRowFacts(props);
	const shown = rows.getVirtualItems();
	useRendered(lines, shown, visible);
	const firstSeen = Math.floor((rows.scrollOffset ?? 0) / rowPx);
	return (
		<div className="alarm-window">
			<RedsAbove count={redsBefore(lines, firstSeen)} onGo={() => rows.scrollToIndex(0)} />
			<div ref={scroller} className={`alarm-scroll ${density}`}>
				<ol className="alarm-rows" aria-label={t("alarms.title")} style={{ height: rows.getTotalSize() }}>
					{shown.map((item) => {
						const line = lines[item.index];
						if (line === undefined) return null;
						return (
							<li
								key={item.key}
								aria-setsize={lines.length}
								aria-posinset={item.index + 1}
								className="alarm-place-at"
								style={{ height: item.size, transform: `translateY(${item.start}px)` }}
							>
								{rowOf(line, item.index, facts)}
							</li>
						);
					})}
				</ol>
			</div>
		</div>
	);
}

/** Asked once for all rows: a window of forty new rows is drawn while a person scrolls. */
interface RowFacts {
	readonly live: Live;
	readonly scene: Scene;
	/** Server time. */
	readonly now: number;
	readonly may: boolean;
	readonly acts: RowActs;
	readonly list: DeskList;
	readonly chosen: Chosen;
}

function useRowFacts({ list, chosen }: AlarmRowsProps): RowFacts {
	const live = useLive();
	const scene = useScene();
	const now = useNow();
	const may = useMay("alarm.acknowledge");
	const acts = useRowActs();
	useChange(live.commands.change);
	useChange(live.catalogue.change);
	return { live, scene, now, may, acts, list, chosen };
}

function rowOf(line: ListLine, index: number, facts: RowFacts): ReactElement {
	const { live, scene, now, may, acts, list, chosen } = facts;
	if (line.kind === "group") {
		return (
			<GroupRow
				line={line}
				index={index}
				now={now}
				isChosen={line.members.some(({ id }) => chosen.ids.has(id))}
				onFold={list.fold}
				onChoose={may ? chosen.choose : null}
				onHold={list.hold}
			/>
		);
	}
	const { alarm } = line;
	return (
		<AlarmRow
			line={line}
			measure={measureOf(live.catalogue, alarm)}
			limit={limitOf(live.catalogue, alarm)}
			pending={live.commands.of(alarm.id, "acknowledge")}
			now={now}
			mayAcknowledge={may}
			isSelected={isInHand(alarm, scene)}
			isChosen={chosen.ids.has(alarm.id)}
			index={index}
			onOpen={acts.open}
			onAcknowledge={acts.acknowledge}
			onChoose={chosen.choose}
			onHold={list.hold}
		/>
	);
}

interface RowActs {
	readonly open: (alarm: Alarm) => void;
	readonly acknowledge: (alarm: Alarm) => void;
}

function useRowActs(): RowActs {
	const live = useLive();
	const setScene = useSetScene();
	return useMemo(
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
}

function useHand(
	scroller: RefObject<HTMLDivElement | null>,
	rows: Virtualizer<HTMLDivElement, Element>,
	{ list, chosen, onAct, onFind, onHelp }: AlarmRowsProps,
): void {
	const { lines } = list;
	useAlarmKeys(scroller, {
		show: (index) => rows.scrollToIndex(Math.min(index, lines.length - 1)),
		choose: (index, isRange) => {
			const line = lines[index];
			if (line !== undefined) chosen.choose(line, isRange);
		},
		chooseAll: chosen.chooseAll,
		letGo: () => {
			if (chosen.ids.size === 0) return false;
			chosen.clear();
			return true;
		},
		act: (action, index) => {
			const line = lines[index];
			if (line?.kind === "alarm") onAct(line.alarm, action);
		},
		find: onFind,
		help: onHelp,
	});
}

/** A red that nobody has seen may not be lost above the fold. */
function RedsAbove({ count, onGo }: { readonly count: number; readonly onGo: () => void }): ReactElement | null {
	const { t } = useTranslation();
	if (count === 0) return null;
	return (
		<button type="button" className="reds-above" onClick={onGo}>
			<ArrowUp size="1em" aria-hidden="true" />
			{t("desk.list.redsAbove", { count })}
		</button>
	);
}

function redsBefore(lines: readonly ListLine[], first: number): number {
	let count = 0;
	for (let i = 0; i < Math.min(first, lines.length); i++) {
		const line = lines[i];
		if (line?.kind === "alarm" && line.alarm.severity === 4 && !line.alarm.acknowledged) count += 1;
	}
	return count;
}

/** After the rows are in the document, each event that they show is reported as rendered. */
function useRendered(
	lines: readonly ListLine[],
	items: readonly { readonly index: number }[],
	visible: RefObject<ReadonlySet<string>>,
): void {
	const live = useLive();
	useEffect(() => {
		const ids = new Set<string>();
		for (const { index } of items) {
			const line = lines[index];
			if (line?.kind !== "alarm") continue;
			ids.add(line.alarm.id);
			if (line.alarm.seq !== null) live.receipts.tell(line.alarm.seq, "rendered");
		}
		visible.current = ids;
	});
}

/** The one that was opened; other alarms of the same asset stay quiet. */
function isInHand(alarm: Alarm, scene: Scene): boolean {
	if (alarm.asset === null) return alarm.id === scene.alarm;
	if (alarm.asset !== scene.asset) return false;
	return scene.measure === undefined || alarm.measure === scene.measure;
}
