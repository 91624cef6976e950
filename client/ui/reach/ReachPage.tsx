// /duty/reach: can a person be reached now? Desks and their sound, this desk's own switches, the self-test of the chain, what is
// being escalated, the times of the levels, the outside channels with the addresses they may use, and what became of each call.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ReachView, SelfTestView } from "#model/reach_view.ts";
import { ageText } from "../../live/format.ts";
import { useChange, useLive, useMay } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { Loading } from "../parts/Loading.tsx";
import { problemText } from "../parts/problem_text.ts";
import { Room, RoomHead } from "../parts/Room.tsx";
import { AllowForm } from "./AllowForm.tsx";
import { DeliveryList } from "./DeliveryList.tsx";
import { DeskTable } from "./DeskTable.tsx";
import { OutletList } from "./OutletList.tsx";
import { OwnDesk } from "./OwnDesk.tsx";
import { PlanForm } from "./PlanForm.tsx";
import { useReach } from "./ReachChip.tsx";

export function ReachPage(): ReactElement {
	const { t } = useTranslation();
	return (
		<Room name="reach" title={t("reach.title")} scrolls>
			<Everything />
		</Room>
	);
}

function Everything(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const view = useReach();
	const mayEdit = useMay("reach.edit");
	if (view === null) {
		const { fault } = live.reach;
		if (fault === null) return <Loading word={t("reach.loading")} />;
		return (
			<p className="notice-block" role="alert">
				{problemText(t, fault)}
			</p>
		);
	}
	return (
		<>
			<RoomHead title={t("reach.title")}>
				{mayEdit ? null : <span className="quiet">{t("reach.readOnly")}</span>}
			</RoomHead>
			<div className="reach-columns">
				<div className="reach-column">
					<DeskTable view={view} />
					<OwnDesk />
					<SelfTest test={view.selfTest} now={view.now} />
					<Calls view={view} />
					<PlanForm levels={view.levels} mayEdit={mayEdit} />
				</div>
				<div className="reach-column">
					{view.outlets === null ? null : <OutletList outlets={view.outlets} />}
					{view.allow === null ? null : <AllowForm entries={view.allow} />}
					<DeliveryList deliveries={view.deliveries ?? []} />
				</div>
			</div>
		</>
	);
}

function SelfTest({ test, now }: { readonly test: SelfTestView | null; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const isBad = test?.failing === true;
	return (
		<section className="reach-part" aria-labelledby="self-title">
			<h3 id="self-title">{t("reach.self.title")}</h3>
			<p className={isBad ? "reach-bad" : undefined} data-self-test={isBad ? "failing" : "fine"}>
				{wordOf(t, test, now)}
			</p>
		</section>
	);
}

function wordOf(t: ReturnType<typeof useTranslation>["t"], test: SelfTestView | null, now: number): string {
	if (test === null) return t("reach.self.off");
	if (test.failing) return t("reach.self.failing", { stage: t(`reach.self.stage.${test.stage}`) });
	if (test.passedAt === null) return t("reach.self.none");
	return t(test.withPage ? "reach.self.ok" : "reach.self.okNoPage", { ago: ageText(now - test.passedAt) });
}

function Calls({ view }: { readonly view: ReachView }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.alarms.change);
	if (view.desks === null) return null;
	return (
		<section className="reach-part" aria-labelledby="calls-title">
			<h3 id="calls-title">{t("reach.calls.title")}</h3>
			{view.calls.length === 0 ? (
				<p className="quiet">{t("reach.calls.none")}</p>
			) : (
				<ul className="reach-calls">
					{view.calls.slice(0, 20).map(({ alarm, step, to, since }) => {
						const known = live.alarms.find(alarm);
						return (
							<li key={alarm}>
								<LevelMark state={known?.severity ?? 0} size={1.1} />
								<a href={`/duty?alarm=${encodeURIComponent(alarm)}`}>
									{known === undefined ? alarm : `${t(`level.${known.severity}`)} ${known.name}`}
								</a>
								<span>{t(`reach.calls.step.${step}`)}</span>
								<span>{to.join("、")}</span>
								<span className="quiet figures">{ageText(view.now - since)}</span>
							</li>
						);
					})}
				</ul>
			)}
		</section>
	);
}
