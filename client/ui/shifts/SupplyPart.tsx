// Heat, water and gas of a day: each quantity as a ribbon of 24 hours between its lowest and highest, with the two extremes in figures.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Brief, Extreme, Supply } from "#model/brief.ts";
import { minuteText, numberText } from "../../live/format.ts";
import { SourceMark } from "./SourceMark.tsx";

const WIDTH = 240;
const HEIGHT = 46;

export function SupplyPart({ brief }: { readonly brief: Brief }): ReactElement {
	const { t } = useTranslation();
	return (
		<section>
			<h2>
				{t("brief.supply")}
				<SourceMark brief={brief} id="supply" />
			</h2>
			{brief.supply.length === 0 ? <p>{t("brief.noSupply")}</p> : null}
			<div className="brief-supply">
				{brief.supply.map((supply) => (
					<One key={`${supply.kind} ${supply.measure}`} supply={supply} />
				))}
			</div>
		</section>
	);
}

function One({ supply }: { readonly supply: Supply }): ReactElement {
	const { t } = useTranslation();
	const { name, unit, decimals, low, high, lowBefore, highBefore, reporting, channels } = supply;
	return (
		<div data-system={supply.system}>
			<h3>
				{name} <small>{unit}</small>
			</h3>
			<Ribbon supply={supply} />
			<p className="brief-extremes">
				<ExtremeWords label={t("brief.low")} extreme={low} decimals={decimals} />
				<ExtremeWords label={t("brief.high")} extreme={high} decimals={decimals} />
			</p>
			<p className="brief-small">
				{t("brief.before", { low: numberText(lowBefore, decimals), high: numberText(highBefore, decimals) })}
				<br />
				{t("brief.reporting", { count: reporting, all: channels })}
			</p>
		</div>
	);
}

interface ExtremeProps {
	readonly label: string;
	readonly extreme: Extreme | null;
	readonly decimals: number;
}

function ExtremeWords({ label, extreme, decimals }: ExtremeProps): ReactElement {
	return (
		<span>
			{label} <b className="figures">{numberText(extreme?.value ?? null, decimals)}</b>
			{extreme === null ? null : <small>{`${extreme.name} ${minuteText(extreme.at)}`}</small>}
		</span>
	);
}

/** Pieces between the hours in which nothing came in. */
function Ribbon({ supply: { hours } }: { readonly supply: Supply }): ReactElement {
	const known = hours.filter((hour) => hour !== null);
	const low = Math.min(...known.map(({ min }) => min));
	const high = Math.max(...known.map(({ max }) => max));
	const spread = Math.max(high - low, 1e-9);
	const x = (hour: number): string => ((hour / 23) * WIDTH).toFixed(1);
	const y = (value: number): string => (HEIGHT - 2 - ((value - low) / spread) * (HEIGHT - 4)).toFixed(1);
	const pieces: number[][] = [];
	for (const [hour, cell] of hours.entries()) {
		if (cell === null) continue;
		const last = pieces.at(-1);
		if (last !== undefined && last.at(-1) === hour - 1) last.push(hour);
		else pieces.push([hour]);
	}
	return (
		<svg className="brief-ribbon" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" preserveAspectRatio="none">
			{pieces.map((piece) => {
				const upper = piece.map((hour) => `${x(hour)},${y(hours[hour]?.max ?? 0)}`);
				const lower = piece.map((hour) => `${x(hour)},${y(hours[hour]?.min ?? 0)}`).reverse();
				return <polygon key={piece[0]} points={[...upper, ...lower].join(" ")} />;
			})}
		</svg>
	);
}
