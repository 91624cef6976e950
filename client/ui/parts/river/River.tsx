// V1, the river of 24 hours: what was open, by system; which orange and red came where; the minutes nobody had seen; what the next
// hours bring. On the wall and the desk. The canvas has a text that says the same; arrow keys and the pointer read single
// buckets; a click on a pin is the caller's to answer.
import { type KeyboardEvent, type PointerEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { minuteText } from "../../../live/format.ts";
import { askRiver, filledShare, type RiverData, type RiverPin } from "../../../live/river.ts";
import { groupOf, RIVER_GROUPS } from "../../../live/river_groups.ts";
import { problemText } from "../problem_text.ts";
import { pinAt, stepAt } from "./river_shape.ts";
import { readText, summaryText } from "./river_text.ts";
import { useCanvas } from "./use_canvas.ts";
import { type Repeated, useRepeated } from "./use_repeated.ts";
import { useForecast, usePainted, useRiver } from "./use_river.ts";
import "../../../style/river.css";

const ASK_EVERY_MS = 60_000;

interface RiverProps {
	readonly onPin?: (pin: RiverPin) => void;
}

export function River({ onPin }: RiverProps): ReactElement {
	const { t } = useTranslation();
	const asked = useRepeated(askRiver, ASK_EVERY_MS);
	const { river, now } = useRiver(asked.data);
	const forecast = useForecast();
	const { canvas, size } = useCanvas();
	const [read, setRead] = useState<number | null>(null);
	const picture = usePainted(canvas, size, { river, now, forecast, read });
	const summary = river === null ? t("river.loading") : summaryText(t, river, forecast);
	const move = (event: PointerEvent<HTMLElement>): void => {
		if (picture === null) return;
		const { offsetX, offsetY } = event.nativeEvent;
		setRead(stepAt(picture.river, offsetX, picture.now, picture.size.width));
		const isOnPin = pinAt(picture.pins, offsetX, offsetY, picture.size) !== null;
		event.currentTarget.style.cursor = isOnPin && onPin !== undefined ? "pointer" : "default";
	};
	const press = (event: PointerEvent<HTMLElement>): void => {
		const found =
			picture === null ? null : pinAt(picture.pins, event.nativeEvent.offsetX, event.nativeEvent.offsetY, picture.size);
		if (found !== null) onPin?.(found.pin);
	};
	const count = river?.steps.length ?? 0;
	return (
		<section
			className="river"
			aria-label={t("river.title")}
			data-river
			data-filled={river === null ? 0 : filledShare(river).toFixed(3)}
		>
			<RiverHead river={river} asked={asked} read={read} summary={summary} />
			<div
				className="river-box"
				role="slider"
				tabIndex={0}
				aria-label={summary}
				aria-description={t("river.hint")}
				aria-valuemin={0}
				aria-valuemax={Math.max(0, count - 1)}
				aria-valuenow={read ?? Math.max(0, count - 1)}
				aria-valuetext={river === null ? summary : readText(t, river, read ?? count - 1)}
				onKeyDown={(event) => stepByKey(event, count, setRead)}
				onBlur={() => setRead(null)}
				onPointerMove={move}
				onPointerLeave={() => setRead(null)}
				onPointerUp={press}
			>
				<canvas ref={canvas} className="river-canvas" />
			</div>
		</section>
	);
}

function stepByKey(
	event: KeyboardEvent,
	count: number,
	setRead: (change: (before: number | null) => number | null) => void,
): void {
	const last = count - 1;
	const to = keyTarget(event.key, last);
	if (to === null || count === 0) return;
	event.preventDefault();
	setRead((before) => Math.min(last, Math.max(0, to(before ?? last))));
}

function keyTarget(key: string, last: number): ((before: number) => number) | null {
	switch (key) {
		case "ArrowLeft":
			return (before) => before - 1;
		case "ArrowRight":
			return (before) => before + 1;
		case "PageUp":
			return (before) => before - 6;
		case "PageDown":
			return (before) => before + 6;
		case "Home":
			return () => 0;
		case "End":
			return () => last;
		default:
			return null;
	}
}

interface HeadProps {
	readonly river: RiverData | null;
	readonly asked: Repeated<RiverData>;
	readonly read: number | null;
	readonly summary: string;
}

/** Title and legend in words; at the right what the pointer reads, or why the river is old. */
function RiverHead({ river, asked, read }: HeadProps): ReactElement {
	const { t } = useTranslation();
	const groups = river === null ? [] : RIVER_GROUPS.filter((group) => group !== "other" || hasOther(river));
	return (
		<div className="river-head">
			<h2 className="river-title">{t("river.title")}</h2>
			<ul className="river-legend">
				{groups.map((group) => (
					<li key={group}>
						<span className={`river-swatch ${group}`} aria-hidden="true" />
						{t(`river.group.${group}`)}
					</li>
				))}
				{river === null ? null : (
					<li>
						<span className="river-swatch bed" aria-hidden="true" />
						{t("river.bed")}
					</li>
				)}
			</ul>
			<RiverWord river={river} asked={asked} read={read} />
		</div>
	);
}

function RiverWord({ river, asked, read }: Omit<HeadProps, "summary">): ReactElement | null {
	const { t } = useTranslation();
	const { problem, at } = asked;
	if (read !== null && river !== null) return <p className="river-read">{readText(t, river, read)}</p>;
	if (problem !== null) {
		const why = problemText(t, problem);
		return (
			<p className="river-read" role="status">
				{river === null ? t("river.failed", { why }) : t("river.old", { time: minuteText(at), why })}
			</p>
		);
	}
	if (river === null) return <p className="river-read late">{t("river.loading")}</p>;
	return filledShare(river) === 0 ? <p className="river-read">{t("river.empty")}</p> : null;
}

function hasOther(river: RiverData): boolean {
	const last = river.steps.at(-1);
	return [...(last?.open?.keys() ?? [])].some((system) => groupOf(system) === "other");
}
