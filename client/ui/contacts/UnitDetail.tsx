// One unit: what it answers for, its 24 h number, the unit above and those below, its people; editing for those who may.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Unit } from "#model/contact.ts";
import type { Entry } from "#model/register.ts";
import { type ContactBook, gapsOfUnit } from "#model/responsible.ts";
import { languageNow } from "../../text/text.ts";
import { useEntries, useLive, useMay } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { PersonForm } from "./PersonForm.tsx";
import { RemoveButton } from "./RemoveButton.tsx";
import { ShownNumber } from "./ShownNumber.tsx";
import { UnitForm } from "./UnitForm.tsx";

interface UnitDetailProps {
	readonly id: string;
	readonly book: ContactBook;
	readonly onChoose: (unit: string | null) => void;
}

/** What is being edited: the unit itself, one of its people, or a new person. */
type Editing = "unit" | "person" | { readonly person: string } | null;

export function UnitDetail({ id, book, onChoose }: UnitDetailProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const units = useEntries<Unit>("unit");
	const mayEdit = useMay("contact.edit");
	const [editing, setEditing] = useState<Editing>(null);
	const entry = live.register.find<Unit>("unit", id);
	if (entry === undefined) return <p className="notice-block quiet">{t("contacts.choose")}</p>;
	if (editing === "unit") return <UnitForm entry={entry} district={null} onDone={() => setEditing(null)} />;
	if (editing !== null) {
		const person = editing === "person" ? undefined : live.register.find<Person>("person", editing.person);
		return <PersonForm entry={person ?? null} unit={id} onDone={() => setEditing(null)} />;
	}
	const people = (book.people.get(id) ?? []) as readonly Entry<Person>[];
	const below = units.filter(({ body }) => body.parent === id);
	return (
		<article className="unit" data-unit-shown={id}>
			<header>
				<h2>{entry.body.name}</h2>
				<p className="quiet">
					{t(`contacts.unitKind.${entry.body.kind}`)} · {placeName(entry.body.district)}
				</p>
			</header>
			{gapsOfUnit(book, entry).map(({ gap }) => (
				<p key={gap} className="unit-gap" role="note">
					{t(`contacts.gap.${gap}`)}
				</p>
			))}
			<Facts entry={entry} onChoose={onChoose} />
			<h3>{t("contacts.people")}</h3>
			<ul className="unit-people">
				{people.map((person) => (
					<li key={person.id}>
						<span>
							<strong>{person.body.name}</strong> <span className="quiet">{person.body.duty}</span>
							{person.body.isOnCall ? <span className="tag">{t("contacts.onCall")}</span> : null}
						</span>
						<ShownNumber kind="person" id={person.id} masked={person.body.phones} />
						{mayEdit ? (
							<button type="button" className="button" onClick={() => setEditing({ person: person.id })}>
								{t("contacts.edit")}
							</button>
						) : null}
					</li>
				))}
			</ul>
			{below.length === 0 ? null : (
				<>
					<h3>{t("contacts.below")}</h3>
					<p className="unit-below">
						{below.map((one) => (
							<button key={one.id} type="button" className="chip" onClick={() => onChoose(one.id)}>
								{one.body.name}
							</button>
						))}
					</p>
				</>
			)}
			{mayEdit ? (
				<footer className="form-foot">
					<button type="button" className="button" onClick={() => setEditing("person")}>
						{t("contacts.newPerson")}
					</button>
					<button type="button" className="button" onClick={() => setEditing("unit")}>
						{t("contacts.edit")}
					</button>
					<RemoveButton kind="unit" id={id} onRemoved={() => onChoose(null)} />
				</footer>
			) : null}
		</article>
	);
}

function Facts({
	entry,
	onChoose,
}: {
	readonly entry: Entry<Unit>;
	readonly onChoose: (unit: string) => void;
}): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const { phone24h, systems, parent, address, lon, lat } = entry.body;
	const above = parent === null ? undefined : live.register.find<Unit>("unit", parent);
	const names = systems.map(
		(id) => live.catalogue.systems.find((system) => system.id === id)?.name[languageNow()] ?? id,
	);
	return (
		<dl className="unit-facts">
			<div>
				<dt>{t("contacts.field.phone24h")}</dt>
				<dd>
					{phone24h === null ? t("contacts.noPhone") : <ShownNumber kind="unit" id={entry.id} masked={[phone24h]} />}
				</dd>
			</div>
			<div>
				<dt>{t("contacts.systems")}</dt>
				<dd>{names.length === 0 ? t("contacts.allSystems") : names.join(t("top.and"))}</dd>
			</div>
			<div>
				<dt>{t("contacts.field.parent")}</dt>
				<dd>
					{above === undefined ? (
						t("contacts.field.noParent")
					) : (
						<button type="button" className="chip" onClick={() => onChoose(above.id)}>
							{above.body.name}
						</button>
					)}
				</dd>
			</div>
			<div>
				<dt>{t("contacts.field.address")}</dt>
				<dd>
					{address === "" ? "–" : address}
					{lon === null || lat === null ? null : (
						<span className="quiet figures unit-place">
							{lat.toFixed(4)}, {lon.toFixed(4)}
						</span>
					)}
				</dd>
			</div>
		</dl>
	);
}
