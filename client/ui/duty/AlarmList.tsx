// The alarm list: plain DOM, virtual, independent of the map. Head, filters, what they hide, rows, what is chosen, and who took
// what. It never hides an unacknowledged red, and says whatever else it hides (list_lines.ts).
import { type ReactElement, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { useLive, useMay } from "../live_context.ts";
import type { DeskAction } from "./AlarmForms.tsx";
import { AlarmForms } from "./AlarmForms.tsx";
import { AlarmRows } from "./AlarmRows.tsx";
import { EmptyList, LoadingList, RedAnnouncer } from "./EmptyList.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { FloodLine } from "./FloodLine.tsx";
import { HiddenLine } from "./HiddenLine.tsx";
import { KeyHelp } from "./KeyHelp.tsx";
import { ListHead } from "./ListHead.tsx";
import { SelectBar } from "./SelectBar.tsx";
import { TakenStrip } from "./TakenStrip.tsx";
import { useChosen } from "./use_chosen.ts";
import { useDensity } from "./use_density.ts";
import { useDeskList } from "./use_list.ts";

export function AlarmList(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const list = useDeskList();
	const may = useMay("alarm.acknowledge");
	const chosen = useChosen(list.lines, list.picture.passed, may);
	const [density, changeDensity] = useDensity();
	const [isHelp, setHelp] = useState(false);
	const [form, setForm] = useState<{ readonly alarm: Alarm; readonly action: DeskAction } | null>(null);
	/** Ids of the rows that stand on the screen: who takes one of them is told. */
	const visible = useRef<ReadonlySet<string>>(new Set());
	const find = (): void => document.querySelector<HTMLInputElement>("[data-list-find]")?.focus();
	return (
		<section className={`alarms${may ? " may" : ""}`} aria-label={t("alarms.title")}>
			<ListHead list={list} density={density} onDensity={changeDensity} onHelp={() => setHelp(true)} />
			<FilterBar filter={list.filter} />
			<FloodLine />
			<HiddenLine picture={list.picture} />
			<RedAnnouncer />
			{live.alarms.isLoaded ? (
				list.lines.length === 0 ? (
					<EmptyList isFiltered={live.alarms.counts.some(({ all }) => all > 0)} />
				) : (
					<AlarmRows
						list={list}
						chosen={chosen}
						density={density}
						visible={visible}
						onAct={(alarm, action) => setForm({ alarm, action })}
						onFind={find}
						onHelp={() => setHelp(true)}
					/>
				)
			) : (
				<LoadingList />
			)}
			<TakenStrip visible={visible} />
			<SelectBar chosen={chosen} />
			{form === null ? null : <AlarmForms {...form} onClose={() => setForm(null)} />}
			{isHelp ? <KeyHelp onClose={() => setHelp(false)} /> : null}
		</section>
	);
}
