// Layers and legend in one: a line per system of the catalogue (a tenth appears by itself) with a switch and its counts, and
// what shapes and rings mean. What hiding hides is said.
import { ChevronDown, ChevronUp, Eye, EyeOff } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { System } from "#model/catalogue.ts";
import type { Live } from "../../live/live.ts";
import { STATES } from "../../live/status.ts";
import { hiddenOf, hideText } from "../../scene/scene.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { useScene, useSetScene } from "./scene_state.ts";

const LEVELS = [4, 3, 2, 1] as const;

export function LayerPanel(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [choice, setChoice] = useState<boolean | null>(null);
	useChange(live.catalogue.change);
	useChange(live.painter.readings);
	const scene = useScene();
	const setScene = useSetScene();
	// Beside a case in hand the map needs the room; a person's own choice stands.
	const isOpen = choice ?? scene.asset === undefined;
	const hidden = hiddenOf(scene);
	const counts = countSystems(live);
	const lost = live.catalogue.systems.reduce((sum, system, i) => {
		const row = counts[i];
		return hidden.has(system.id) && row !== undefined ? sum + (row[3] ?? 0) + (row[4] ?? 0) : sum;
	}, 0);
	const toggle = (id: string): void => {
		const next = new Set(hidden);
		if (!next.delete(id)) next.add(id);
		setScene({ hide: next.size === 0 ? undefined : hideText(next) });
	};
	return (
		<aside className="layers" aria-label={t("layers.title")}>
			<button type="button" className="layers-head" aria-expanded={isOpen} onClick={() => setChoice(!isOpen)}>
				{t("layers.title")}
				{isOpen ? <ChevronDown size="1em" aria-hidden="true" /> : <ChevronUp size="1em" aria-hidden="true" />}
			</button>
			{isOpen ? (
				<>
					<ul className="layer-list">
						{live.catalogue.systems.map((system, i) => (
							<LayerLine
								key={system.id}
								system={system}
								counts={counts[i] ?? []}
								isHidden={hidden.has(system.id)}
								onToggle={toggle}
							/>
						))}
					</ul>
					<Legend />
				</>
			) : null}
			{lost > 0 ? <p className="layers-lost">{t("layers.hiddenAlarms", { count: lost })}</p> : null}
		</aside>
	);
}

interface LayerLineProps {
	readonly system: System;
	readonly counts: readonly number[];
	readonly isHidden: boolean;
	readonly onToggle: (id: string) => void;
}

function LayerLine({ system, counts, isHidden, onToggle }: LayerLineProps): ReactElement {
	const { t } = useTranslation();
	const name = system.name[languageNow()];
	const total = counts.reduce((sum, one) => sum + one, 0);
	return (
		<li>
			<button
				type="button"
				className={`layer${isHidden ? " off" : ""}`}
				aria-pressed={!isHidden}
				aria-label={t("layers.show", { name })}
				onClick={() => onToggle(system.id)}
			>
				{isHidden ? <EyeOff size="1em" aria-hidden="true" /> : <Eye size="1em" aria-hidden="true" />}
				<span className="layer-name">{name}</span>
				<span className="layer-counts">
					{LEVELS.map((level) =>
						(counts[level] ?? 0) === 0 ? null : (
							<span key={level} className="layer-count">
								<LevelMark state={level} size={0.7} bare />
								<span className="figures">{counts[level]}</span>
							</span>
						),
					)}
				</span>
				<span className="figures layer-total">{total}</span>
			</button>
		</li>
	);
}

function Legend(): ReactElement {
	const { t } = useTranslation();
	return (
		<ul className="legend" aria-label={t("layers.legend")}>
			{LEVELS.map((level) => (
				<li key={level}>
					<LevelMark state={level} size={1.05} />
					{t(`levelLong.${level}`)}
				</li>
			))}
			<li>
				<LevelMark state={0} size={1.05} />
				{t("status.normal")}
			</li>
			<li>
				<LevelMark state={5} size={1.05} />
				{t("status.stale")}
			</li>
			<li>
				<span className="ring-sample open" aria-hidden="true" />
				{t("layers.open")}
			</li>
			<li>
				<span className="ring-sample" aria-hidden="true" />
				{t("layers.acknowledged")}
			</li>
		</ul>
	);
}

/** Assets by system and status. One walk over bytes, at most five times a second. */
function countSystems(live: Live): number[][] {
	const { columns, systems } = live.catalogue;
	const { status } = live.painter.board;
	const counts = systems.map(() => new Array<number>(STATES).fill(0));
	for (let i = 0; i < columns.count; i++) {
		const row = counts[columns.system[i] ?? 0];
		const state = status[i] ?? 0;
		if (row !== undefined) row[state] = (row[state] ?? 0) + 1;
	}
	return counts;
}
