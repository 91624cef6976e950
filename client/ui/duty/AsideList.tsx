// Each alarm that is put aside: what it is, by whom, why, until when, and the button that brings it back, for each way that hides it
// and whom it is allowed. The reason stands in the log at the alarm's last change; a window's name is its own reason.
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm, Transition } from "#model/alarm.ts";
import { isProblem } from "#model/problem.ts";
import { ask } from "../../live/ask.ts";
import { ageText, dayText } from "../../live/format.ts";
import { useChange, useLive, useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import { AlarmForms, type DeskAction } from "./AlarmForms.tsx";
import { isQuiet } from "./list_filter.ts";
import { useSetScene } from "./scene_state.ts";

export function AsideList(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.alarms.change);
	const quiet = live.alarms.open.filter(isQuiet).sort(soonestBack);
	if (quiet.length === 0) return <p className="block quiet">{t("desk.aside.none")}</p>;
	return (
		<ul className="aside-list">
			{quiet.map((alarm) => (
				<Aside key={alarm.id} alarm={alarm} />
			))}
		</ul>
	);
}

/** What comes back soonest first; what has no end last. */
function soonestBack(a: Alarm, b: Alarm): number {
	return (a.shelvedUntil ?? Number.MAX_SAFE_INTEGER) - (b.shelvedUntil ?? Number.MAX_SAFE_INTEGER);
}

function Aside({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const setScene = useSetScene();
	const reason = useReason(alarm);
	const open = (): void =>
		setScene(
			alarm.asset === null
				? { panel: undefined, alarm: alarm.id }
				: { panel: undefined, asset: alarm.asset, measure: alarm.measure ?? undefined },
			true,
		);
	return (
		<li data-aside-alarm={alarm.id}>
			<LevelMark state={alarm.severity} size={1.25} hollow={!alarm.active} />
			<button type="button" className="aside-what" onClick={open}>
				{placeName(alarm.district)} {alarm.name}
			</button>
			<span className="tag">{t(`desk.aside.${wayOf(alarm)}`)}</span>
			<span className="aside-why">
				{alarm.suppressedBy ?? reason.note ?? t("desk.aside.noReason")}
				<span className="quiet"> {alarm.shelvedBy ?? reason.by ?? ""}</span>
			</span>
			<span className="aside-end quiet">
				{alarm.shelvedUntil === null
					? t("desk.aside.noEnd")
					: t("desk.aside.until", { at: dayText(alarm.shelvedUntil), age: ageText(alarm.shelvedUntil - now) })}
				<Back alarm={alarm} />
			</span>
		</li>
	);
}

/** A shelf ends at once; out of service and a window are left with a reason. */
function Back({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const mayShelve = useMay("alarm.shelve");
	const mayService = useMay("alarm.out-of-service");
	const mayWindow = useMay("window.edit");
	const [form, setForm] = useState<DeskAction | null>(null);
	useChange(live.commands.change);
	const refused = live.commands.of(alarm.id, "unshelve")?.problem ?? null;
	return (
		<span className="aside-back">
			{alarm.shelvedUntil !== null && mayShelve ? (
				<button
					type="button"
					className="button"
					data-back="shelved"
					onClick={() => void live.commands.send(alarm, "unshelve").catch(reportError)}
				>
					{t("act.unshelve")}
				</button>
			) : null}
			{alarm.suppressedBy !== null && mayWindow ? (
				<button type="button" className="button" data-back="suppressed" onClick={() => setForm("release")}>
					{t("desk.aside.release")}
				</button>
			) : null}
			{alarm.outOfService && mayService ? (
				<button type="button" className="button" data-back="outOfService" onClick={() => setForm("out-of-service")}>
					{t("desk.form.inService")}
				</button>
			) : null}
			{refused === null ? null : (
				<span className="form-problem" role="alert">
					{problemText(t, refused)}
				</span>
			)}
			{form === null ? null : <AlarmForms alarm={alarm} action={form} onClose={() => setForm(null)} />}
		</span>
	);
}

function wayOf(alarm: Alarm): "outOfService" | "suppressed" | "shelved" {
	if (alarm.outOfService) return "outOfService";
	return alarm.suppressedBy === null ? "shelved" : "suppressed";
}

/** The note of the alarm's last change, when that is what put it aside. */
function useReason(alarm: Alarm): { readonly note: string | null; readonly by: string | null } {
	const { seq } = alarm;
	const query = useQuery({
		queryKey: ["transition", seq],
		queryFn: ({ signal }) => ask(`/api/alarms/log?after=${(seq ?? 1) - 1}&limit=1`, { signal }),
		enabled: seq !== null,
		staleTime: Number.POSITIVE_INFINITY,
	});
	const told = query.data === undefined || isProblem(query.data) ? null : (query.data as { transitions: Transition[] });
	const last = told?.transitions.find((one) => one.seq === seq);
	const isAside = last?.kind === "shelved" || last?.kind === "out-of-service";
	return isAside ? { note: last.note, by: last.by } : { note: null, by: null };
}
