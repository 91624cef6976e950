// Who sits at which desk now, and whether it could sound an alarm.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DeskView, ReachView } from "#model/reach_view.ts";
import { clockText } from "../../live/format.ts";

export function DeskTable({ view }: { readonly view: ReachView }): ReactElement {
	const { t } = useTranslation();
	const desks = view.desks ?? [];
	return (
		<section className="reach-part" aria-labelledby="desks-title">
			<h3 id="desks-title">{t("reach.now.title")}</h3>
			<Roster view={view} />
			{view.present === 0 ? (
				<p className="reach-bad">{t("reach.now.none")}</p>
			) : desks.length === 0 ? (
				<p>{t("reach.chip.some", { armed: view.armed, present: view.present })}</p>
			) : (
				<table className="reach-table">
					<thead>
						<tr>
							{["user", "sound", "phone", "page", "painted"].map((column) => (
								<th key={column} scope="col">
									{t(`reach.now.${column}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{desks.map((desk, n) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a person may sit at two desks; a row holds no state.
							<Row key={n} desk={desk} now={view.now} />
						))}
					</tbody>
				</table>
			)}
		</section>
	);
}

function Row({ desk, now }: { readonly desk: DeskView; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const seconds = Math.max(0, Math.round((now - desk.paintedAt) / 1_000));
	return (
		<tr data-desk={desk.user} data-armed={desk.armed}>
			<th scope="row">
				{desk.user} <span className="quiet">{desk.roles.map((role) => t(`who.role.${role}`)).join("、")}</span>
			</th>
			<td className={desk.armed ? undefined : "reach-bad"}>
				{t(desk.armed ? "reach.now.armed" : "reach.now.unarmed")}
			</td>
			<td>
				{desk.talkingUntil === null
					? t("reach.now.free")
					: t("reach.now.talking", { time: clockText(desk.talkingUntil) })}
			</td>
			<td>{t(desk.visible ? "reach.now.visible" : "reach.now.hidden")}</td>
			<td className="figures">{t("reach.now.ago", { seconds })}</td>
		</tr>
	);
}

function Roster({ view }: { readonly view: ReachView }): ReactElement | null {
	const { t } = useTranslation();
	if (view.roster === null) return null;
	const { people, lead } = view.roster;
	if (people.length === 0) return <p className="quiet">{t("reach.now.noRoster")}</p>;
	return (
		<p>
			{t("reach.now.roster", { people: people.join("、") })}
			{lead === null ? null : <span className="quiet">　{t("reach.now.lead", { name: lead })}</span>}
		</p>
	);
}
