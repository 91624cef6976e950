// A colleague took a row that stands on this screen: who, when, what, in one calm line at the foot of the list. It goes by itself and
// asks for nothing.
import { type ReactElement, type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TransitionKind } from "#model/alarm.ts";
import type { AlarmNews } from "#model/protocol.ts";
import { minuteText } from "../../live/format.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";

const STAYS_MS = 20_000;
const TOLD: ReadonlySet<TransitionKind> = new Set([
	"acknowledged",
	"assigned",
	"shelved",
	"unshelved",
	"commented",
	"out-of-service",
	"in-service",
]);

export function TakenStrip({ visible }: { readonly visible: RefObject<ReadonlySet<string>> }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const [taken, setTaken] = useState<AlarmNews | null>(null);
	const [more, setMore] = useState(0);
	useEffect(
		() =>
			live.alarms.onNews((news) => {
				const isOther = news.by !== null && news.by !== live.wire.hello?.user;
				if (!isOther || !TOLD.has(news.kind) || !visible.current.has(news.alarm.id)) return;
				setTaken((before) => {
					setMore((count) => (before !== null && before.by === news.by && before.kind === news.kind ? count + 1 : 0));
					return news;
				});
			}),
		[live, visible],
	);
	useEffect(() => {
		if (taken === null) return;
		const timer = setTimeout(() => setTaken(null), STAYS_MS);
		return () => clearTimeout(timer);
	}, [taken]);
	return (
		<div className="taken" role="status">
			{taken === null ? null : (
				<p data-taken={taken.alarm.id}>
					<LevelMark state={taken.alarm.severity} size={0.95} bare hollow={!taken.alarm.active} />
					<strong>{taken.by}</strong>
					<span className="figures">{minuteText(taken.at)}</span>
					<span>{t(`desk.taken.${taken.kind}`, { to: taken.alarm.assignedTo ?? "" })}</span>
					<span className="taken-what">
						{placeName(taken.alarm.district)} {taken.alarm.name}
						{taken.note === null || taken.note === "" ? "" : `：${taken.note}`}
					</span>
					{more === 0 ? null : <span className="quiet">{t("desk.taken.more", { count: more })}</span>}
				</p>
			)}
		</div>
	);
}
