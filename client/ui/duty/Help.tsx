// Whom to call about an asset: the responsible unit, the trade's supervisor, the next level, from the contact book; what the book lacks
// is said by name instead of leaving a hole. Numbers are shown, and the call is written down, by the call dialog.
import { Phone } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import type { Callee } from "#model/responsible.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { CallDialog } from "../contacts/CallDialog.tsx";
import { useResponsible } from "../contacts/call_state.ts";
import { useMay } from "../live_context.ts";

interface HelpProps {
	readonly asset: PageAsset;
	/** The alarm that the call is about: the one in hand. */
	readonly alarm: Alarm | null;
}

export function Help({ asset, alarm }: HelpProps): ReactElement {
	const { t } = useTranslation();
	const mayCall = useMay("call.log");
	const [isCalling, setCalling] = useState(false);
	const { district, fields } = asset.record;
	const answer = useResponsible({ district, system: asset.system, fields });
	const callees = answer?.callees ?? [];
	return (
		<section className="block help">
			<h3>{t("case.call")}</h3>
			{callees.map((callee) => (
				<Line key={callee.key} callee={callee} />
			))}
			{answer === null ? <span className="skeleton" style={{ width: "60%" }} /> : null}
			{answer !== null && callees.length === 0 ? <p className="quiet small">{t("case.noContacts")}</p> : null}
			{mayCall && alarm !== null && callees.length > 0 ? (
				<button type="button" className="button" onClick={() => setCalling(true)}>
					<Phone size="1em" aria-hidden="true" />
					{t("desk.form.call")}
				</button>
			) : null}
			{isCalling && alarm !== null ? (
				<CallDialog
					subject={`alarm:${alarm.id}`}
					asset={asset.record.id}
					name={alarm.name}
					onClose={() => setCalling(false)}
				/>
			) : null}
		</section>
	);
}

function Line({ callee }: { readonly callee: Callee }): ReactElement {
	const { t } = useTranslation();
	return (
		<p>
			<span className="quiet">{t(`contacts.role.${callee.role}`)}</span> {callee.unit.body.name}
			{callee.person === null ? null : <span>　{callee.person.body.name}</span>}
		</p>
	);
}
