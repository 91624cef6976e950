// Of which span, place and how many people the figures are: kept in the address, so that a sheet can be handed on as a link.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CITIES } from "#geodata/liaoning/district_table.ts";
import { shortName } from "../parts/districts.ts";
import type { Asked } from "./figures_answer.ts";

const DAYS = [1, 7, 30, 90] as const;

export function useAsked(): readonly [Asked, (change: Partial<Asked>) => void] {
	const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
	const navigate = useNavigate();
	const { days, district, operators } = search;
	const asked = useMemo((): Asked => {
		const people = Math.round(Number(operators));
		const span = DAYS.find((one) => one === Number(days));
		return {
			days: span ?? 7,
			district: /^\d{6}$/.test(String(district)) ? String(district) : null,
			operators: people >= 1 && people <= 500 ? people : 1,
		};
	}, [days, district, operators]);
	const ask = (change: Partial<Asked>): void => {
		const next = { ...asked, ...change };
		const written: Record<string, string> = { days: String(next.days), operators: String(next.operators) };
		if (next.district !== null) written.district = next.district;
		navigate({ to: "/duty/figures", search: written, replace: true }).catch(reportError);
	};
	return [asked, ask];
}

interface FiguresAskProps {
	readonly asked: Asked;
	readonly onAsk: (change: Partial<Asked>) => void;
}

export function FiguresAsk({ asked, onAsk }: FiguresAskProps): ReactElement {
	const { t } = useTranslation();
	return (
		<div className="figures-ask no-print">
			<fieldset className="presets">
				<legend className="hidden-text">{t("figures.days")}</legend>
				{DAYS.map((days) => (
					<button
						key={days}
						type="button"
						className="switch"
						aria-pressed={days === asked.days}
						onClick={() => onAsk({ days })}
					>
						{t("figures.lastDays", { count: days })}
					</button>
				))}
			</fieldset>
			<label>
				<span className="hidden-text">{t("figures.place")}</span>
				<select
					value={asked.district ?? ""}
					onChange={({ target }) => onAsk({ district: target.value === "" ? null : target.value })}
				>
					<option value="">{t("figures.whole")}</option>
					{CITIES.map(({ code }) => (
						<option key={code} value={code}>
							{shortName(code)}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{t("figures.operators")}</span>
				<input
					type="number"
					min={1}
					max={500}
					value={asked.operators}
					onChange={({ target }) => onAsk({ operators: Number(target.value) })}
				/>
			</label>
		</div>
	);
}
