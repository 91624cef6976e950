// The places of the book: the whole province, its cities, and the counties of the city that is open.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Unit } from "#model/contact.ts";
import { cityOf } from "#model/ids.ts";
import type { Entry } from "#model/register.ts";
import { countyName, shortName } from "../parts/districts.ts";
import { districtTree } from "./contact_find.ts";

interface TreeProps {
	readonly units: readonly Entry<Unit>[];
	readonly chosen: string | null;
	readonly onChoose: (district: string | null) => void;
}

export function ContactTree({ units, chosen, onChoose }: TreeProps): ReactElement {
	const { t } = useTranslation();
	const open = chosen === null ? null : cityOf(chosen);
	return (
		<nav className="book-tree" aria-label={t("contacts.field.district")}>
			<Place word={t("contacts.all")} count={units.length} isOn={chosen === null} onPress={() => onChoose(null)} />
			{districtTree(units).map(({ code, count, counties }) => (
				<div key={code}>
					<Place word={shortName(code)} count={count} isOn={chosen === code} onPress={() => onChoose(code)} />
					{open === code
						? counties.map((county) => (
								<Place
									key={county.code}
									word={countyName(county.code)}
									count={county.count}
									isOn={chosen === county.code}
									isBelow
									onPress={() => onChoose(county.code)}
								/>
							))
						: null}
				</div>
			))}
		</nav>
	);
}

interface PlaceProps {
	readonly word: string;
	readonly count: number;
	readonly isOn: boolean;
	readonly isBelow?: boolean;
	readonly onPress: () => void;
}

function Place({ word, count, isOn, isBelow = false, onPress }: PlaceProps): ReactElement {
	return (
		<button type="button" className={`place${isBelow ? " below" : ""}`} aria-pressed={isOn} onClick={onPress}>
			<span>{word}</span>
			<span className="figures quiet">{count}</span>
		</button>
	);
}
