// Who is on shift now, from the roster that the river shows too; nothing while no shift has been entered.
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { askRiver } from "../../live/river.ts";
import { useLive } from "../live_context.ts";

const AGAIN_MS = 300_000;
const SOON_MS = 5_000;

export function Shift(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const query = useQuery({
		queryKey: ["shift"],
		queryFn: async ({ signal }) => {
			const now = live.now();
			const river = now === 0 ? null : await askRiver(now, signal);
			if (river === null || isProblem(river)) return null;
			return river.shifts.filter(({ at }) => at <= now).reduce<Shown | null>((last, one) => later(last, one), null);
		},
		refetchInterval: ({ state }) => (state.data === null || state.data === undefined ? SOON_MS : AGAIN_MS),
	});
	const shift = query.data ?? null;
	if (shift === null) return null;
	return (
		<div className="shift" title={t("top.shift")}>
			<span className="quiet">{shift.name}</span>
			<span className="shift-people">{shift.people.join(t("top.and"))}</span>
		</div>
	);
}

interface Shown {
	readonly at: number;
	readonly name: string;
	readonly people: readonly string[];
}

function later(one: Shown | null, two: Shown): Shown {
	return one === null || two.at >= one.at ? two : one;
}
