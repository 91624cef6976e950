// /duty/contacts: the contact book by place and trade, one unit with its people, what the book lacks, and, for those who may, editing and
// sheets. Numbers are masked everywhere; one is shown by a button that puts it on record.
import { Search } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Unit } from "#model/contact.ts";
import type { Entry } from "#model/register.ts";
import { contactBook } from "#model/responsible.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useEntries, useLive, useMay } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { Room } from "../parts/Room.tsx";
import { ContactTree } from "./ContactTree.tsx";
import { findUnits, loadSpelling, type Spell } from "./contact_find.ts";
import { GapList } from "./GapList.tsx";
import { SheetButtons } from "./SheetButtons.tsx";
import { UnitDetail } from "./UnitDetail.tsx";
import { UnitForm } from "./UnitForm.tsx";
import { UnitList } from "./UnitList.tsx";
import { useGaps } from "./use_gaps.ts";
import "../../style/contacts.css";
import "../../style/contact_book.css";
import "../../style/contact_unit.css";

/** What stands at the right. */
export type Shown = { readonly unit: string } | "gaps" | "new" | null;

export function ContactsPage(): ReactElement {
	const { t } = useTranslation();
	return (
		<Room name="contacts-page" title={t("contacts.title")} notes={<BookCount />}>
			<Book />
		</Room>
	);
}

function BookCount(): ReactElement {
	const { t } = useTranslation();
	const units = useEntries<Unit>("unit");
	const people = useEntries<Person>("person");
	return <span className="quiet">{t("contacts.count", { units: units.length, people: people.length })}</span>;
}

function Book(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const units = useEntries<Unit>("unit");
	const people = useEntries<Person>("person");
	const mayEdit = useMay("contact.edit");
	const [district, setDistrict] = useState<string | null>(null);
	const [system, setSystem] = useState<string | null>(null);
	const [text, setText] = useState("");
	const [shown, setShown] = useState<Shown>(null);
	const spell = useSpelling(text);
	useChange(live.catalogue.change);
	const book = useMemo(() => contactBook(units, people), [units, people]);
	const peopleOf = book.people as ReadonlyMap<string, readonly Entry<Person>[]>;
	const gaps = useGaps(book);
	const found = useMemo(
		() => findUnits(units, peopleOf, { district, system, text }, spell),
		[units, peopleOf, district, system, text, spell],
	);
	// A book lies open: the first unit that was found, until another is asked for.
	const first = found[0]?.unit.id;
	const open: Shown = shown ?? (first === undefined ? null : { unit: first });
	return (
		<div className="book">
			<ContactTree units={units} chosen={district} onChoose={setDistrict} />
			<section className="book-units" aria-label={t("contacts.title")}>
				<div className="book-head">
					<label className="book-search">
						<Search size="1.05em" aria-hidden="true" />
						<span className="hidden-text">{t("contacts.search")}</span>
						<input
							type="search"
							value={text}
							placeholder={t("contacts.search")}
							onChange={(event) => setText(event.target.value)}
							data-search
						/>
					</label>
					<button
						type="button"
						className="button"
						aria-pressed={shown === "gaps"}
						onClick={() => setShown("gaps")}
						data-gaps={gaps.count}
					>
						{t("contacts.gaps", { count: gaps.count })}
					</button>
					{mayEdit ? (
						<button type="button" className="button" onClick={() => setShown("new")}>
							{t("contacts.newUnit")}
						</button>
					) : null}
				</div>
				<fieldset className="book-systems">
					<legend className="hidden-text">{t("contacts.field.systems")}</legend>
					<SystemChip word={t("contacts.all")} isOn={system === null} onPress={() => setSystem(null)} />
					{live.catalogue.systems.map(({ id, name }) => (
						<SystemChip key={id} word={name[languageNow()]} isOn={system === id} onPress={() => setSystem(id)} />
					))}
				</fieldset>
				{mayEdit ? <SheetButtons /> : null}
				<UnitList
					found={found}
					isEmpty={units.length === 0}
					isLoaded={live.register.isLoaded}
					chosen={unitOf(open)}
					onChoose={(unit) => setShown({ unit })}
				/>
			</section>
			<aside className="book-detail">
				<Guard name="contact">
					{open === "gaps" ? (
						<GapList gaps={gaps} onChoose={(unit) => setShown({ unit })} />
					) : open === "new" ? (
						<UnitForm entry={null} district={district} onDone={(id) => setShown(id === null ? null : { unit: id })} />
					) : open === null ? (
						<p className="notice-block quiet">{t("contacts.choose")}</p>
					) : (
						<UnitDetail
							key={open.unit}
							id={open.unit}
							book={book}
							onChoose={(unit) => setShown(unit === null ? null : { unit })}
						/>
					)}
				</Guard>
			</aside>
		</div>
	);
}

function unitOf(shown: Shown): string | null {
	return shown !== null && typeof shown === "object" ? shown.unit : null;
}

interface ChipProps {
	readonly word: string;
	readonly isOn: boolean;
	readonly onPress: () => void;
}

function SystemChip({ word, isOn, onPress }: ChipProps): ReactElement {
	return (
		<button type="button" className="chip" aria-pressed={isOn} onClick={onPress}>
			{word}
		</button>
	);
}

/** Only when letters are typed: until it is here, letters find letters. */
function useSpelling(text: string): Spell | null {
	const [spell, setSpell] = useState<{ readonly of: Spell } | null>(null);
	const isWanted = spell === null && /[a-z]/i.test(text);
	useEffect(() => {
		if (isWanted) loadSpelling().then((of) => setSpell({ of }), reportError);
	}, [isWanted]);
	return spell?.of ?? null;
}
