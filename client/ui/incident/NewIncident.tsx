// A new incident in five fields: what kind, how grave, where, what, and who said so. A native dialog: it stands at once, traps the
// focus and closes with Escape. From an alarm everything but the press of the button is filled in.
import { type FormEvent, type ReactElement, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import type { Alarm } from "#model/alarm.ts";
import { cityOf, districtPrefix } from "#model/ids.ts";
import { type IncidentLevel, incidentTypeIds } from "#model/incident.ts";
import { firstLevel, incidentTypeOf } from "#model/incident_type.ts";
import type { Scope } from "#model/rights.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { useLive } from "../live_context.ts";
import { countyName, placeName, seatOf, shortName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { useModal } from "../parts/use_modal.ts";
import { useAct, useMe } from "./incident_state.ts";
import "../../style/incident_form.css";
import { refusalText } from "./Refusal.tsx";

export interface Origin {
	readonly source: "hand" | "call" | "alarm";
	readonly alarm?: Alarm;
	/** What the alarm says in one line. */
	readonly title?: string;
}

interface NewIncidentProps {
	readonly origin: Origin;
	readonly onClose: () => void;
}

const LEVELS = [4, 3, 2, 1] as const;
/** Assets offered for what is typed as a place. */
const OFFERED = 8;

export function NewIncident({ origin, onClose }: NewIncidentProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const act = useAct();
	const dialog = useModal();
	const { alarm } = origin;
	const asset = alarm?.asset === null || alarm === undefined ? undefined : live.catalogue.find(alarm.asset);
	const send = async (form: FormData): Promise<void> => {
		const text = (name: string): string => String(form.get(name) ?? "").trim();
		const district = text("district");
		// An asset's name is a place that is known to the metre; else the district's seat, until somebody moves it on the map.
		const known = asset ?? assetNamed(live.catalogue.assets, text("address"));
		const seat = seatOf(district) ?? seatOf(cityOf(district));
		const lon = known?.record.lon ?? seat?.[0] ?? 123.43;
		const lat = known?.record.lat ?? seat?.[1] ?? 41.8;
		const name = text("reporter");
		const phone = text("phone").replace(/[^0-9+\- ]/g, "");
		const answer = await act.run("incident.open", {
			type: text("type"),
			title: text("title"),
			level: Number(form.get("level")) as IncidentLevel,
			place: { district: known?.record.district ?? district, lon, lat, address: text("address") },
			source: origin.source,
			reporter: name === "" && phone === "" ? null : { name, phone },
			rootAlarm: alarm?.id ?? null,
			drill: form.get("drill") !== null,
		});
		if (typeof answer?.id === "string") location.assign(`/duty/incidents/${answer.id}`);
	};
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		send(new FormData(event.currentTarget)).catch(reportError);
	};
	return (
		<dialog ref={dialog} className="dialog new-incident" aria-labelledby="new-incident-title" onClose={onClose}>
			<h2 id="new-incident-title">{t(`incident.new.${origin.source === "call" ? "call" : "hand"}`)}</h2>
			{alarm === undefined ? null : <p className="quiet">{t("incident.new.fromAlarm", { name: alarm.name })}</p>}
			<form className="form" onSubmit={submit}>
				<Fields origin={origin} assetName={asset?.record.name ?? ""} kind={asset?.kind.id ?? null} />
				{act.refusal === null ? null : (
					<p className="form-problem" role="alert">
						{refusalText(t, act.refusal)}
					</p>
				)}
				<div className="form-foot">
					<label className="check">
						<input type="checkbox" name="drill" />
						{t("incident.new.drill")}
					</label>
					<button type="button" className="button" onClick={onClose}>
						{t("incident.new.cancel")}
					</button>
					<button type="submit" className="button primary" disabled={act.isBusy} data-create>
						{t(act.isBusy ? "incident.button.opening" : "incident.new.create")}
					</button>
				</div>
			</form>
		</dialog>
	);
}

interface FieldsProps {
	readonly origin: Origin;
	readonly assetName: string;
	/** Kind of the alarm's asset. */
	readonly kind: string | null;
}

function Fields({ origin, assetName, kind }: FieldsProps): ReactElement {
	const { t } = useTranslation();
	const { alarm } = origin;
	const type = alarm === undefined ? "heat" : incidentTypeOf(alarm.system, kind);
	const level = alarm === undefined ? 2 : firstLevel(alarm.severity);
	return (
		<>
			<label>
				<span>{t("incident.new.title")}</span>
				<input
					name="title"
					required
					maxLength={80}
					// biome-ignore lint/a11y/noAutofocus: the dialog was asked for, and this is its first question
					autoFocus
					defaultValue={origin.title ?? ""}
					placeholder={t("incident.new.titleHint")}
				/>
			</label>
			<div className="form-pair">
				<label>
					<span>{t("incident.new.type")}</span>
					<select name="type" defaultValue={type}>
						{incidentTypeIds.map((id) => (
							<option key={id} value={id}>
								{t(`incident.type.${id}`)}
							</option>
						))}
					</select>
				</label>
				<fieldset className="levels">
					<legend>{t("incident.new.level")}</legend>
					{LEVELS.map((one) => (
						<label key={one} title={t(`levelLong.${one}`)}>
							<input type="radio" name="level" value={one} defaultChecked={one === level} />
							<LevelMark state={one} size={1.5} />
							<span className="hidden-text">{t(`levelLong.${one}`)}</span>
						</label>
					))}
				</fieldset>
			</div>
			<div className="form-pair">
				<DistrictField district={alarm?.district ?? null} />
				<AddressField assetName={assetName} />
			</div>
			<div className="form-pair">
				<label>
					<span>{t("incident.new.reporter")}</span>
					<input name="reporter" maxLength={40} autoComplete="off" />
				</label>
				<label>
					<span>{t("incident.new.phone")}</span>
					<input name="phone" type="tel" maxLength={24} autoComplete="off" />
				</label>
			</div>
		</>
	);
}

/** A crossing, an estate, or an asset by its name: what is typed offers those that hold it. */
function AddressField({ assetName }: { readonly assetName: string }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [typed, setTyped] = useState(assetName);
	const found = useMemo(() => {
		const text = typed.trim();
		if (text.length < 2) return [];
		const names = live.catalogue.assets.flatMap(({ record }) => (record.name.includes(text) ? [record.name] : []));
		return [...new Set(names)].slice(0, OFFERED);
	}, [live.catalogue.assets, typed]);
	return (
		<label>
			<span>{t("incident.new.address")}</span>
			<input
				name="address"
				maxLength={200}
				value={typed}
				list="incident-places"
				autoComplete="off"
				placeholder={t("incident.new.addressHint")}
				onChange={(event) => setTyped(event.target.value)}
			/>
			<datalist id="incident-places">
				{found.map((name) => (
					<option key={name} value={name} />
				))}
			</datalist>
		</label>
	);
}

/** Exactly this name, and one asset alone. */
function assetNamed(assets: readonly PageAsset[], name: string): PageAsset | undefined {
	const found = name === "" ? [] : assets.filter(({ record }) => record.name === name);
	return found.length === 1 ? found[0] : undefined;
}

/** Districts that this desk holds, by city. */
function DistrictField({ district }: { readonly district: string | null }): ReactElement {
	const { t } = useTranslation();
	const me = useMe();
	const groups = useMemo(() => districtsOf(me?.scope ?? null), [me]);
	const first = district ?? groups[0]?.codes[0] ?? "210102";
	return (
		<label>
			<span>{t("incident.new.district")}</span>
			<select key={first} name="district" required defaultValue={first}>
				{groups.map(({ city, codes }) => (
					<optgroup key={city} label={shortName(city)}>
						{codes.map((code) => (
							<option key={code} value={code}>
								{countyName(code) === "" ? shortName(code) : placeName(code)}
							</option>
						))}
					</optgroup>
				))}
			</select>
		</label>
	);
}

function districtsOf(scope: Scope | null): readonly { readonly city: string; readonly codes: readonly string[] }[] {
	const groups = new Map<string, string[]>();
	for (const { code } of DISTRICTS) {
		if (code.endsWith("0000")) continue;
		const isHeld = scope === null || scope.districts.some((held) => code.startsWith(districtPrefix(held)));
		if (!isHeld) continue;
		const city = cityOf(code);
		const known = groups.get(city);
		if (known === undefined) groups.set(city, [code]);
		else known.push(code);
	}
	return [...groups].map(([city, codes]) => ({ city, codes: codes.sort() }));
}
