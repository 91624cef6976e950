// The layers: a line per system of the catalogue (a new one appears by itself) with a switch and its counts. It stands over the
// sea, where no facility lies, and only where the map is tall enough for both. What hiding hides is said.
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
	// Beside a case in hand and on a low screen the map needs the room; a person's own choice stands.
	const isOpen = choice ?? (scene.asset === undefined && hasRoom());
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
			) : null}
			{lost > 0 ? <p className="layers-lost">{t("layers.hiddenAlarms", { count: lost })}</p> : null}
		</aside>
	);
}

/** Rows of text between band and river: the panel covers the coast when there are fewer. */
const ROOM_REM = 64;

function hasRoom(): boolean {
	const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
	return window.innerHeight / rem >= ROOM_REM;
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
				title={t("layers.show", { name })}
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
