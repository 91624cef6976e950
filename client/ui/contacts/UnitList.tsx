// The units that the place, the trade and the words leave, one line each with who answers there; long books are virtual.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactElement, useRef } from "react";
import { useTranslation } from "react-i18next";
import { placeName } from "../parts/districts.ts";
import type { FoundUnit } from "./contact_find.ts";

interface UnitListProps {
	readonly found: readonly FoundUnit[];
	readonly isEmpty: boolean;
	readonly isLoaded: boolean;
	readonly chosen: string | null;
	readonly onChoose: (unit: string) => void;
}

/** rem: two lines of text. */
const ROW_REM = 3.25;

export function UnitList({ found, isEmpty, isLoaded, chosen, onChoose }: UnitListProps): ReactElement {
	const { t } = useTranslation();
	const scroller = useRef<HTMLDivElement>(null);
	const rowPx = ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
	const rows = useVirtualizer({
		count: found.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowPx,
		overscan: 6,
		getItemKey: (index) => found[index]?.unit.id ?? index,
	});
	if (!isLoaded) return <span className="skeleton" style={{ width: "60%", margin: "1rem" }} />;
	if (found.length === 0)
		return <p className="notice-block quiet">{t(isEmpty ? "contacts.empty" : "contacts.nothing")}</p>;
	return (
		<>
			<p className="quiet book-found" role="status">
				{t("contacts.found", { count: found.length })}
			</p>
			<div ref={scroller} className="book-scroll">
				<ol style={{ height: rows.getTotalSize() }}>
					{rows.getVirtualItems().map((item) => {
						const one = found[item.index];
						if (one === undefined) return null;
						return (
							<li
								key={item.key}
								aria-setsize={found.length}
								aria-posinset={item.index + 1}
								style={{ height: item.size, transform: `translateY(${item.start}px)` }}
							>
								<UnitRow found={one} isChosen={one.unit.id === chosen} onChoose={onChoose} />
							</li>
						);
					})}
				</ol>
			</div>
		</>
	);
}

interface UnitRowProps {
	readonly found: FoundUnit;
	readonly isChosen: boolean;
	readonly onChoose: (unit: string) => void;
}

function UnitRow({ found: { unit, people }, isChosen, onChoose }: UnitRowProps): ReactElement {
	const { t } = useTranslation();
	const { body } = unit;
	return (
		<button
			type="button"
			className="unit-row"
			aria-pressed={isChosen}
			onClick={() => onChoose(unit.id)}
			data-unit={unit.id}
		>
			<span className="unit-name">
				<strong>{body.name}</strong>
				<span className="quiet small">
					{placeName(body.district)}
					{people.length === 0
						? ""
						: `　${people.map((person) => `${person.body.name} ${person.body.duty}`).join("、")}`}
				</span>
			</span>
			<span className="tag">{t(`contacts.unitKind.${body.kind}`)}</span>
			<span className={body.phone24h === null ? "unit-lacks" : "figures"}>
				{body.phone24h ?? t("contacts.noPhone")}
			</span>
		</button>
	);
}
