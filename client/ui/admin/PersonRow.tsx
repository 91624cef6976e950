// One person in the table. What ends somebody's work is pressed twice.
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonView } from "#model/person.ts";
import { dayText } from "../../live/format.ts";
import { useLive } from "../live_context.ts";
import { scopeText } from "./scope_text.ts";

interface Props {
	readonly person: PersonView;
	readonly onEdit: () => void;
	readonly onEnd: () => void;
	readonly onSwitch: () => void;
}

export function PersonRow({ person, onEdit, onEnd, onSwitch }: Props): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const { name, fullName, unit, roles, scope, disabled, mustChange, lastSignInAt, sessions } = person;
	const places = sessions.map(({ source, createdAt }) => `${source} ${dayText(createdAt)}`).join("\n");
	const state = disabled ? "off" : mustChange ? "must" : "on";
	return (
		<tr data-person={name} data-state={state}>
			<th scope="row">{name}</th>
			<td>
				{fullName} <span className="quiet">{unit}</span>
			</td>
			<td>{roles.map((role) => t(`who.role.${role}`)).join(t("top.and"))}</td>
			<td>{scopeText(t, live, scope)}</td>
			<td className="figures">{lastSignInAt === null ? t("people.list.never") : dayText(lastSignInAt)}</td>
			<td className="figures" title={places}>
				{sessions.length}
			</td>
			<td className={disabled ? "quiet" : undefined}>{t(`people.list.${state}`)}</td>
			<td className="admin-row-acts">
				<button type="button" className="button" onClick={onEdit}>
					{t("people.list.edit")}
				</button>
				{sessions.length === 0 ? null : <Twice label={t("people.list.end")} onSure={onEnd} />}
				<Twice label={t(disabled ? "people.list.enable" : "people.list.disable")} onSure={onSwitch} />
			</td>
		</tr>
	);
}

/** Forgets the first press after this. */
const SURE_MS = 4_000;

function Twice({ label, onSure }: { readonly label: string; readonly onSure: () => void }): ReactElement {
	const { t } = useTranslation();
	const [isAsked, setAsked] = useState(false);
	useEffect(() => {
		if (!isAsked) return;
		const timer = setTimeout(() => setAsked(false), SURE_MS);
		return () => clearTimeout(timer);
	}, [isAsked]);
	const press = (): void => {
		if (isAsked) onSure();
		setAsked(!isAsked);
	};
	return (
		<button type="button" className={`button${isAsked ? " admin-sure" : ""}`} onClick={press}>
			{isAsked ? t("people.list.confirm") : label}
		</button>
	);
}
