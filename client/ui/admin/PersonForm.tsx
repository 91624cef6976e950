// One person, new or known: account, name, unit, roles, districts, systems, a first password. What ends their sessions is said before
// it is saved.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { easyPassword } from "#model/password.ts";
import type { PersonView } from "#model/person.ts";
import type { Problem } from "#model/problem.ts";
import { type Role, roles } from "#model/rights.ts";
import { putPerson } from "../../live/people.ts";
import { FormFoot } from "../parts/FormFoot.tsx";
import { useModal } from "../parts/use_modal.ts";
import { refusalText } from "../sign/refusal.ts";
import { DistrictField } from "./DistrictField.tsx";
import { SystemField } from "./SystemField.tsx";

interface Props {
	/** null: a new one. */
	readonly person: PersonView | null;
	readonly onDone: () => void;
	readonly onClose: () => void;
}

export function PersonForm({ person, onDone, onClose }: Props): ReactElement {
	const { t } = useTranslation();
	const dialog = useModal();
	const [own, setOwn] = useState<readonly Role[]>(person?.roles ?? ["duty"]);
	const [districts, setDistricts] = useState<readonly string[]>(person?.scope.districts ?? []);
	const [systems, setSystems] = useState<readonly string[] | null>(person?.scope.systems ?? null);
	const [password, setPassword] = useState("");
	const [refusal, setRefusal] = useState<string | null>(null);
	const [isBusy, setBusy] = useState(false);
	const isSite = own.includes("enterprise");
	const save = async (data: FormData): Promise<void> => {
		const text = (name: string): string => String(data.get(name) ?? "").trim();
		if (districts.length === 0 || own.length === 0) {
			setRefusal(t(own.length === 0 ? "people.form.noRole" : "people.form.noDistrict"));
			return;
		}
		const assets = text("assets")
			.split(/[\s,，、]+/)
			.filter((id) => id !== "");
		const scope = {
			districts: [...districts],
			systems: systems === null ? null : [...systems],
			...(isSite ? { assets } : {}),
		};
		const name = person?.name ?? text("name");
		const rest = { fullName: text("fullName"), unit: text("unit"), disabled: person?.disabled ?? false };
		setBusy(true);
		const answer: Problem | null = await putPerson({
			...rest,
			name,
			roles: own,
			scope,
			password: password === "" ? null : password,
		});
		setBusy(false);
		setRefusal(answer === null ? null : refusalText(t, answer));
		if (answer !== null) return;
		onDone();
		onClose();
	};
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		save(new FormData(event.currentTarget)).catch(reportError);
	};
	const flip = (role: Role): void => setOwn(own.includes(role) ? own.filter((one) => one !== role) : [...own, role]);
	return (
		<dialog ref={dialog} className="dialog admin-dialog" aria-labelledby="person-title" onClose={onClose}>
			<h2 id="person-title">{person === null ? t("people.form.add") : t("people.form.edit", { name: person.name })}</h2>
			<form className="form" onSubmit={submit} data-form="person">
				{person === null ? (
					<label>
						<span>{t("people.form.name")}</span>
						<input
							name="name"
							required
							minLength={2}
							maxLength={40}
							title={t("people.form.nameNote")}
							autoComplete="off"
						/>
					</label>
				) : null}
				<label>
					<span>{t("people.form.fullName")}</span>
					<input name="fullName" maxLength={40} defaultValue={person?.fullName} autoComplete="off" />
				</label>
				<label>
					<span>{t("people.form.unit")}</span>
					<input name="unit" maxLength={80} defaultValue={person?.unit} autoComplete="off" />
				</label>
				<fieldset className="admin-choices">
					<legend>{t("people.form.roles")}</legend>
					{roles.map((role) => (
						<label key={role}>
							<input type="checkbox" checked={own.includes(role)} onChange={() => flip(role)} />
							{t(`who.role.${role}`)}
						</label>
					))}
				</fieldset>
				<DistrictField value={districts} onChange={setDistricts} />
				<SystemField value={systems} onChange={setSystems} />
				{isSite ? (
					<label>
						<span>{t("people.form.assets")}</span>
						<textarea name="assets" rows={3} required defaultValue={person?.scope.assets?.join("\n")} />
					</label>
				) : null}
				<PasswordLine isNew={person === null} value={password} onChange={setPassword} />
				<p className="quiet small">{t("people.form.note")}</p>
				<FormFoot refusal={refusal} word={t("people.form.save")} isOff={isBusy} onCancel={onClose} />
			</form>
		</dialog>
	);
}

interface PasswordProps {
	readonly isNew: boolean;
	readonly value: string;
	readonly onChange: (value: string) => void;
}

function PasswordLine({ isNew, value, onChange }: PasswordProps): ReactElement {
	const { t } = useTranslation();
	return (
		<label>
			<span>{t(isNew ? "people.form.password" : "people.form.reset")}</span>
			<span className="admin-password">
				<input
					name="password"
					value={value}
					required={isNew}
					autoComplete="off"
					spellCheck={false}
					onChange={(event) => onChange(event.currentTarget.value)}
				/>
				<button type="button" className="button" onClick={() => onChange(easyPassword(chance))}>
					{t("people.form.generate")}
				</button>
			</span>
		</label>
	);
}

/** 0..bound-1, every one as likely; a bound of at most 256. */
function chance(bound: number): number {
	const limit = 256 - (256 % bound);
	const one = new Uint8Array(1);
	do crypto.getRandomValues(one);
	while ((one[0] ?? 0) >= limit);
	return (one[0] ?? 0) % bound;
}
