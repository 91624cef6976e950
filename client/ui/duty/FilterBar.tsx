// What the list is narrowed to: words, system, city, unseen, mine. The choice stands in the URL; a filter that is on looks like it,
// and all of them go away with one press. Levels are chosen in the band.
import { X } from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { cityOf } from "#model/ids.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";
import { shortName } from "../parts/districts.ts";
import { type FilterKey, filterKeys, type ListFilter, OTHER_CITY } from "./list_filter.ts";
import { useScene, useSetScene } from "./scene_state.ts";

const CITIES = DISTRICTS.map(({ code }) => code).filter((code) => code === cityOf(code) && !code.endsWith("0000"));
/** Typing goes into the URL when it rests. */
const REST_MS = 200;

export function FilterBar({ filter }: { readonly filter: ListFilter }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const scene = useScene();
	const setScene = useSetScene();
	useChange(live.catalogue.change);
	const isViewer = live.wire.hello?.roles.every((role) => role === "viewer") !== false;
	const on = filterKeys.filter((key) => scene[key] !== undefined);
	const clear = (): void => setScene(NO_FILTERS);
	return (
		<search className="filters" aria-label={t("desk.filter.title")}>
			<FindWords />
			<Choice
				name="system"
				value={filter.system}
				options={live.catalogue.systems.map(({ id, name }) => [id, name[languageNow()]])}
			/>
			<Choice
				name="city"
				value={filter.city}
				options={[
					...CITIES.map((code): [string, string] => [code, shortName(code)]),
					[OTHER_CITY, t("desk.filter.otherCity")],
				]}
			/>
			<Toggle name="unseen" isOn={filter.unseen} />
			{isViewer ? null : <Toggle name="mine" isOn={filter.mine !== null} />}
			{on.length === 0 ? null : (
				<button type="button" className="filter-clear" onClick={clear} title={t("desk.filter.clear")}>
					<X size="1em" aria-hidden="true" />
					{t("desk.filter.clear")}
				</button>
			)}
		</search>
	);
}

export const NO_FILTERS: Readonly<Record<FilterKey, undefined>> = {
	level: undefined,
	system: undefined,
	city: undefined,
	text: undefined,
	unseen: undefined,
	mine: undefined,
};

function FindWords(): ReactElement {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	const field = useRef<HTMLInputElement>(null);
	const [text, setText] = useState(scene.text ?? "");
	// Cleared or gone back elsewhere; while a person types, the field knows better than the URL that follows it.
	useEffect(() => {
		if (document.activeElement !== field.current) setText(scene.text ?? "");
	}, [scene.text]);
	useEffect(() => {
		const timer = setTimeout(() => {
			if (text !== (scene.text ?? "")) setScene({ text: text === "" ? undefined : text });
		}, REST_MS);
		return () => clearTimeout(timer);
	}, [text, scene.text, setScene]);
	return (
		<input
			ref={field}
			type="search"
			className={`filter-words${text === "" ? "" : " on"}`}
			value={text}
			maxLength={80}
			placeholder={t("desk.filter.words")}
			aria-label={t("desk.filter.words")}
			data-list-find
			onChange={({ target }) => setText(target.value)}
			onKeyDown={(event) => {
				// Enter keeps the words and gives the keys back to the list; Escape lets go of both.
				if (event.key === "Escape") setText("");
				else if (event.key !== "Enter") return;
				event.currentTarget.blur();
				event.stopPropagation();
			}}
		/>
	);
}

interface ChoiceProps {
	readonly name: "system" | "city";
	readonly value: string | null;
	readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, value, options }: ChoiceProps): ReactElement {
	const { t } = useTranslation();
	const setScene = useSetScene();
	return (
		<select
			className={value === null ? "" : "on"}
			aria-label={t(`desk.filter.${name}`)}
			value={value ?? ""}
			onChange={({ target }) => setScene({ [name]: target.value === "" ? undefined : target.value })}
		>
			<option value="">{t(`desk.filter.${name}`)}</option>
			{options.map(([id, word]) => (
				<option key={id} value={id}>
					{word}
				</option>
			))}
		</select>
	);
}

function Toggle({ name, isOn }: { readonly name: "unseen" | "mine"; readonly isOn: boolean }): ReactElement {
	const { t } = useTranslation();
	const setScene = useSetScene();
	return (
		<button
			type="button"
			className="switch"
			aria-pressed={isOn}
			onClick={() => setScene({ [name]: isOn ? undefined : "1" })}
			data-filter={name}
		>
			{t(`desk.filter.${name}`)}
		</button>
	);
}
