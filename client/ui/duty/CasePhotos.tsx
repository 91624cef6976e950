// Photos of an alarm from its log, newest first; each opens whole in a tab of its own. Asked again when its log grew.
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { dayText } from "../../live/format.ts";
import { useChange, useLive } from "../live_context.ts";

export function CasePhotos({ alarmId }: { readonly alarmId: string }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const version = useChange(live.register.logOf(`alarm:${alarmId}`));
	const query = useQuery({
		queryKey: ["photos", alarmId, version],
		queryFn: () => live.acts.lines(`alarm:${alarmId}`),
		placeholderData: (before) => before,
	});
	const lines = query.data === undefined || isProblem(query.data) ? [] : query.data;
	const photos = lines.filter(({ kind }) => kind === "photo").reverse();
	if (photos.length === 0) return null;
	return (
		<ul className="case-photos" aria-label={t("desk.form.photos")}>
			{photos.map(({ n, by, at, detail }) => {
				const href = `/api/photos/${String(detail.photo ?? detail.id ?? "")}`;
				const note = String(detail.note ?? "");
				return (
					<li key={n}>
						<a href={href} target="_blank" rel="noreferrer">
							<img src={href} alt={note === "" ? t("desk.form.photo") : note} loading="lazy" />
						</a>
						<span className="quiet small">
							{by} {dayText(at)} {note}
						</span>
					</li>
				);
			})}
		</ul>
	);
}
