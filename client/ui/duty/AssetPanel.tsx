// The case in hand, at the right: what it is and where, its open alarms with what can be done, each channel with value,
// quality and age, 24 hours of the chosen one, the rules in words, what was registered, what happened lately.
import { Crosshair, X } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Figure } from "../parts/Figure.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { LevelMark } from "../parts/LevelMark.tsx";
import { Loading } from "../parts/Loading.tsx";
import { AssetAlarms, useAlarmsOf } from "./AssetAlarms.tsx";
import { AssetCamera } from "./AssetCamera.tsx";
import { AssetHistory } from "./AssetHistory.tsx";
import { Channels } from "./Channels.tsx";
import { Help } from "./Help.tsx";
import { Notes } from "./Notes.tsx";
import { Rules } from "./Rules.tsx";
import { useScene, useSetScene } from "./scene_state.ts";
import { Transitions } from "./Transitions.tsx";

const NOTHING = { asset: undefined, measure: undefined };

interface AssetPanelProps {
	readonly id: string;
	/** Moves the map there; null while there is no map. */
	readonly goTo: ((lon: number, lat: number) => void) | null;
}

export function AssetPanel({ id, goTo }: AssetPanelProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const setScene = useSetScene();
	useChange(live.catalogue.change);
	const asset = live.catalogue.find(id);
	const close = (): void => setScene(NOTHING);
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			if (event.key === "Escape" && document.querySelector("dialog[open]") === null) {
				setScene(NOTHING);
			}
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [setScene]);
	return (
		<aside className="asset" aria-label={asset?.record.name ?? id} data-asset={id}>
			<IconButton className="asset-close" word={t("asset.close")} icon={X} onClick={close} />
			{asset === undefined ? <Unknown id={id} /> : <Known key={id} asset={asset} goTo={goTo} />}
		</aside>
	);
}

function Unknown({ id }: { readonly id: string }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	if (!live.catalogue.isLoaded) return <Loading word={t("asset.loading")} />;
	return (
		<div className="notice-block">
			<p>{t("asset.unknown")}</p>
			<p className="quiet">
				{id}　{t("asset.unknownNote")}
			</p>
		</div>
	);
}

function Known({ asset, goTo }: { readonly asset: PageAsset; readonly goTo: AssetPanelProps["goTo"] }): ReactElement {
	const { t } = useTranslation();
	const scene = useScene();
	const setScene = useSetScene();
	const alarms = useAlarmsOf(asset.record.id);
	const fallback = asset.measures.includes(asset.kind.primary) ? asset.kind.primary : asset.measures[0];
	const measureId = asset.measures.includes(scene.measure ?? "") ? scene.measure : fallback;
	const measure = asset.kind.measures.find(({ id }) => id === measureId) ?? null;
	return (
		<>
			<div className="asset-head">
				<StateMark asset={asset} />
				<div className="asset-name">
					<h2>{asset.record.name}</h2>
					<p className="quiet">
						{placeName(asset.record.district)} · {asset.kind.name[languageNow()]}
						{asset.record.site === undefined ? "" : ` · ${asset.record.site}`}
					</p>
				</div>
				{goTo === null ? null : (
					<button type="button" className="button asset-go" onClick={() => goTo(asset.record.lon, asset.record.lat)}>
						<Crosshair size="1em" aria-hidden="true" />
						{t("asset.goTo")}
					</button>
				)}
			</div>
			<div className="asset-body">
				<AssetAlarms assetId={asset.record.id} />
				{alarms.length === 0 ? null : <Help asset={asset} alarm={chosenFirst(alarms, measureId)[0] ?? null} />}
				<AssetCamera asset={asset} />
				<Channels asset={asset} chosen={measureId ?? null} onChoose={(id) => setScene({ measure: id })} />
				{measure === null ? null : <AssetHistory asset={asset} measure={measure} />}
				<Rules asset={asset} measureId={measureId ?? null} />
				<Register asset={asset} />
				<Transitions assetId={asset.record.id} />
			</div>
			<Notes alarms={chosenFirst(alarms, measureId)} />
		</>
	);
}

/** The alarm of the measure that is looked at, then the worst. */
function chosenFirst(alarms: readonly Alarm[], measure: string | undefined): readonly Alarm[] {
	const chosen = alarms.find((alarm) => alarm.measure === measure);
	return chosen === undefined ? alarms : [chosen, ...alarms.filter((alarm) => alarm !== chosen)];
}

function StateMark({ asset }: { readonly asset: PageAsset }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.painter.readings);
	const state = live.painter.board.status[asset.index] ?? 0;
	const word = state === 0 ? t("status.normal") : state === 5 ? t("status.stale") : t(`levelLong.${state}`);
	return (
		<span className="asset-state" title={word} data-state={state}>
			<LevelMark state={state} size={1.75} />
			<span className="hidden-text">{word}</span>
		</span>
	);
}

function Register({ asset }: { readonly asset: PageAsset }): ReactElement | null {
	const { t } = useTranslation();
	const language = languageNow();
	const given = asset.record.fields ?? {};
	const lines = asset.kind.fields.flatMap((field) => {
		const value = given[field.id];
		if (value === undefined) return [];
		const choice = field.choices?.find(({ id }) => id === value);
		return [
			{
				id: field.id,
				name: field.name[language],
				text: choice?.name[language] ?? String(value),
				unit: field.unit ?? "",
			},
		];
	});
	if (lines.length === 0) return null;
	return (
		<section className="block">
			<h3>{t("asset.register")}</h3>
			<dl className="register">
				{lines.map(({ id, name, text, unit }) => (
					<div key={id}>
						<dt>{name}</dt>
						<dd>{unit === "" ? text : <Figure text={text} unit={unit} />}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
