// The tools of drawing over the map: one in the hand at a time, what it wants said in one line, undo, and what the keyboard alone can
// place: words and circles at the incident's place.
import { ArrowUpRight, Circle, Eraser, MapPin, MapPinned, PenLine, Pentagon, Type, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "#model/problem.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { refusalText } from "./Refusal.tsx";

export type DrawTool = "point" | "line" | "polygon" | "circle" | "label" | "arrow" | "place" | "erase";

/** What of the sketch (map/sketch.ts) this bar needs. */
export interface DrawHand {
	readonly tool: DrawTool | null;
	readonly text: string;
	readonly mayUndo: boolean;
	setTool(tool: DrawTool | null): void;
	setText(text: string): void;
	undo(): void;
	around(radiusM: number): void;
	here(): void;
}

interface DrawBarProps {
	readonly hand: DrawHand;
	readonly count: number;
	readonly refusal: Problem | null;
}

const TOOLS = [
	["point", MapPin],
	["line", PenLine],
	["polygon", Pentagon],
	["circle", Circle],
	["arrow", ArrowUpRight],
	["label", Type],
	["erase", Eraser],
	["place", MapPinned],
] as const;
/** As the model refuses more. */
const TEXT_MOST = 80;

export function DrawBar({ hand, count, refusal }: DrawBarProps): ReactElement {
	const { t } = useTranslation();
	const { tool } = hand;
	const name = (one: DrawTool): string => t(one === "place" ? "incident.place.set" : `incident.draw.${one}`);
	return (
		<div className="draw-bar" role="toolbar" aria-label={t("incident.draw.title")}>
			<div className="draw-tools">
				{TOOLS.map(([one, Icon]) => (
					<IconButton
						key={one}
						word={name(one)}
						icon={Icon}
						aria-pressed={tool === one}
						data-tool={one}
						onClick={() => hand.setTool(tool === one ? null : one)}
					/>
				))}
				<IconButton
					word={t("incident.draw.undo")}
					icon={Undo2}
					disabled={!hand.mayUndo}
					data-undo
					onClick={() => hand.undo()}
				/>
				{count === 0 ? null : <span className="quiet figures">{t("incident.draw.count", { count })}</span>}
			</div>
			{tool === null ? null : <Wants hand={hand} tool={tool} />}
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{t("incident.draw.failed", { why: refusalText(t, refusal) })}
				</p>
			)}
		</div>
	);
}

/** What the tool in the hand still needs. */
function Wants({ hand, tool }: { readonly hand: DrawHand; readonly tool: DrawTool }): ReactElement {
	const { t } = useTranslation();
	const [radius, setRadius] = useState("");
	const metres = Number(radius);
	const hasWords = tool !== "erase" && tool !== "place";
	return (
		<div className="draw-wants">
			<span className="quiet">{t(`incident.draw.hint.${tool}`)}</span>
			{hasWords ? (
				<input
					value={hand.text}
					maxLength={TEXT_MOST}
					aria-label={t("incident.draw.text")}
					placeholder={t("incident.draw.text")}
					onChange={(event) => hand.setText(event.target.value)}
					data-draw-text
				/>
			) : null}
			{tool === "label" || tool === "point" ? (
				<button type="button" className="button small-button" onClick={() => hand.here()} data-here>
					{t("incident.draw.here")}
				</button>
			) : null}
			{tool === "circle" ? (
				<>
					<input
						className="figures draw-radius"
						value={radius}
						inputMode="numeric"
						aria-label={t("incident.draw.radius")}
						placeholder={t("incident.draw.radius")}
						onChange={(event) => setRadius(event.target.value)}
						data-radius
					/>
					<button
						type="button"
						className="button small-button"
						disabled={!(metres >= 5 && metres <= 200_000)}
						onClick={() => hand.around(metres)}
						data-around
					>
						{t("incident.draw.around")}
					</button>
				</>
			) : null}
		</div>
	);
}
