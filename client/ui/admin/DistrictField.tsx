// The districts of a person: chosen one after the other from the province, its cities and counties.
import { X } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { CITIES, COUNTIES, DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { placeName, shortName } from "../parts/districts.ts";
import { IconButton } from "../parts/IconButton.tsx";

interface Props {
	readonly value: readonly string[];
	readonly onChange: (value: readonly string[]) => void;
}

export function DistrictField({ value, onChange }: Props): ReactElement {
	const { t } = useTranslation();
	const [next, setNext] = useState("");
	const province = DISTRICTS[0]?.code ?? "";
	const add = (code: string): void => {
		setNext("");
		if (code !== "" && !value.includes(code)) onChange([...value, code]);
	};
	return (
		<fieldset className="admin-choices">
			<legend>{t("people.form.district")}</legend>
			{value.map((code) => (
				<span key={code} className="admin-chip">
					{placeName(code)}
					<IconButton
						word={t("people.form.removeDistrict", { name: placeName(code) })}
						icon={X}
						onClick={() => onChange(value.filter((one) => one !== code))}
					/>
				</span>
			))}
			<select
				name="district"
				value={next}
				aria-label={t("people.form.addDistrict")}
				onChange={(event) => add(event.currentTarget.value)}
			>
				<option value="">{t("people.form.addDistrict")}</option>
				<option value={province}>{shortName(province)}</option>
				{CITIES.map(({ code }) => (
					<optgroup key={code} label={shortName(code)}>
						<option value={code}>{shortName(code)}</option>
						{COUNTIES.filter(({ parent }) => parent === code).map((county) => (
							<option key={county.code} value={county.code}>
								{placeName(county.code)}
							</option>
						))}
					</optgroup>
				))}
			</select>
		</fieldset>
	);
}
