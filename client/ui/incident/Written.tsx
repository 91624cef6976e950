// What goes into the reports in words: the situation and the measures. Kept on this machine while it is being written, saved with
// Ctrl + Enter or the button; what somebody else saved meanwhile is not overwritten unseen: their words come in when ours are equal.
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useMay } from "../live_context.ts";
import { useAct } from "./incident_state.ts";
import type { IncidentEntry } from "./incident_view.ts";
import { Refusal } from "./Refusal.tsx";

export function Written({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	return (
		<div className="written">
			<Field entry={entry} field="situation" />
			<Field entry={entry} field="measures" />
		</div>
	);
}

function Field({
	entry,
	field,
}: {
	readonly entry: IncidentEntry;
	readonly field: "situation" | "measures";
}): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const may = useMay("incident.edit");
	const live = useLive();
	const key = `liaowang.written.${entry.id}.${live.wire.hello?.user ?? ""}.${field}`;
	const saved = entry.body[field];
	const [draft, setDraft] = useState<string | null>(() => localStorage.getItem(key));
	const isDirty = draft !== null && draft.trim() !== saved;
	useEffect(() => {
		if (draft === null || draft.trim() === saved) localStorage.removeItem(key);
		else localStorage.setItem(key, draft);
	}, [draft, saved, key]);
	const save = async (): Promise<void> => {
		if (!isDirty) return;
		const answer = await act.run("incident.edit", { id: entry.id, patch: { [field]: draft.trim() } });
		if (answer !== null) setDraft((now) => (now === draft ? null : now));
	};
	const isOff = !may || entry.body.state === "closed";
	return (
		<div className="written-field">
			<label>
				<span className="written-name">
					{t(`incident.written.${field}`)}
					{isDirty ? <span className="tag">{t("incident.written.unsaved")}</span> : null}
				</span>
				<textarea
					value={draft ?? saved}
					disabled={isOff}
					maxLength={4_000}
					placeholder={isOff ? "" : t("incident.written.hint")}
					onChange={(event) => setDraft(event.target.value)}
					onKeyDown={(event) => {
						if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save().catch(reportError);
					}}
					data-written={field}
				/>
			</label>
			{isDirty ? (
				<button type="button" className="button" disabled={act.isBusy} onClick={() => void save().catch(reportError)}>
					{t("incident.written.save")}
				</button>
			) : null}
			<Refusal told={act.refusal} />
		</div>
	);
}
