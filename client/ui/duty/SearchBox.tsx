// Search by name, pinyin initials or id: a combobox over GET /api/search. Choosing selects the asset; the map does not move
// until it is told to (前往 stands in the panel).
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { askSearch, type Found } from "../../live/history.ts";
import { useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import { useSetScene } from "./scene_state.ts";

const REST_MS = 180;

export function SearchBox(): ReactElement {
	const { t } = useTranslation();
	const setScene = useSetScene();
	const listId = useId();
	const [text, setText] = useState("");
	const [isOpen, setOpen] = useState(false);
	const [active, setActive] = useState(0);
	const wanted = useRested(text.trim());
	const query = useQuery({
		queryKey: ["search", wanted],
		queryFn: ({ signal }) => askSearch(wanted, signal),
		enabled: wanted !== "",
		staleTime: 10_000,
	});
	const found = query.data === undefined || isProblem(query.data) ? [] : query.data;
	const choose = (one: Found | undefined): void => {
		if (one === undefined) return;
		setScene({ asset: one.id, alarm: undefined, measure: undefined }, true);
		setText("");
		setOpen(false);
	};
	const onKey = (event: KeyboardEvent): void => {
		if (event.key === "ArrowDown") setActive(Math.min(active + 1, found.length - 1));
		else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
		else if (event.key === "Enter") choose(found[active]);
		else if (event.key === "Escape") setOpen(false);
		else return;
		event.preventDefault();
	};
	return (
		<div className="search">
			<Search className="search-icon" size="1.05em" aria-hidden="true" />
			<input
				type="search"
				role="combobox"
				aria-expanded={isOpen}
				aria-controls={listId}
				aria-autocomplete="list"
				aria-activedescendant={found.length > 0 && isOpen ? `${listId}-${active}` : undefined}
				aria-label={t("search.label")}
				placeholder={t("search.placeholder")}
				value={text}
				onChange={(event) => {
					setText(event.target.value);
					setActive(0);
					setOpen(true);
				}}
				onFocus={() => setOpen(true)}
				onBlur={() => setOpen(false)}
				onKeyDown={onKey}
			/>
			{isOpen && wanted !== "" ? (
				<div className="found">
					<SearchWord isBusy={query.isPending} answer={query.data} text={wanted} />
					<div id={listId} role="listbox" aria-label={t("search.label")}>
						{found.map((one, index) => (
							<FoundLine
								key={one.id}
								id={`${listId}-${index}`}
								one={one}
								isActive={index === active}
								onChoose={choose}
							/>
						))}
					</div>
				</div>
			) : null}
		</div>
	);
}

interface SearchWordProps {
	readonly isBusy: boolean;
	readonly answer: readonly Found[] | Problem | undefined;
	readonly text: string;
}

/** Said when there is nothing to choose from. */
function SearchWord({ isBusy, answer, text }: SearchWordProps): ReactElement | null {
	const { t } = useTranslation();
	let word = "";
	if (isBusy) word = t("search.busy");
	else if (isProblem(answer)) word = problemText(t, answer);
	else if (answer !== undefined && answer.length === 0) word = t("search.none", { text });
	return word === "" ? null : <output className="found-word">{word}</output>;
}

interface FoundLineProps {
	readonly id: string;
	readonly one: Found;
	readonly isActive: boolean;
	readonly onChoose: (one: Found) => void;
}

function FoundLine({ id, one, isActive, onChoose }: FoundLineProps): ReactElement {
	const live = useLive();
	const asset = live.catalogue.find(one.id);
	const state = asset === undefined ? 0 : (live.painter.board.status[asset.index] ?? 0);
	return (
		// The pointer must not take the focus from the field, or the list closes before it is chosen.
		<div
			id={id}
			role="option"
			tabIndex={-1}
			aria-selected={isActive}
			className={isActive ? "active" : ""}
			onPointerDown={(event) => {
				event.preventDefault();
				onChoose(one);
			}}
		>
			<LevelMark state={state} size={1} />
			<span className="found-name">{one.name}</span>
			<span className="quiet">{placeName(one.district)}</span>
		</div>
	);
}

/** The text once the hand has rested. */
function useRested(text: string): string {
	const [rested, setRested] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => setRested(text), REST_MS);
		return () => clearTimeout(timer);
	}, [text]);
	return rested;
}
