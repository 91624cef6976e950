// What one video camera sees, 16:9: a new picture every few seconds while it is in sight, faded in over the last. Keeps the last good
// picture and says how old it is and why no newer one comes. Used by wall and desk; asks for nothing while nobody can see it.
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ageText, clockText } from "../../live/format.ts";
import { PictureFeed, pageMeans } from "../../live/picture.ts";
import { useChange, useNow } from "../live_context.ts";
import "../../style/camera.css";

const EVERY_MS = 4_000;
/** A picture that is older says so: several were missed, or the camera stands still. */
const OLD_MS = 20_000;

interface CameraTileProps {
	readonly asset: string;
	readonly name: string;
	readonly everyMs?: number;
}

export function CameraTile({ asset, name, everyMs = EVERY_MS }: CameraTileProps): ReactElement {
	return <Tile key={`${asset} ${everyMs}`} asset={asset} name={name} everyMs={everyMs} />;
}

function Tile({ asset, name, everyMs }: Required<CameraTileProps>): ReactElement {
	const { t } = useTranslation();
	const frame = useRef<HTMLElement>(null);
	const [feed] = useState(() => new PictureFeed(asset, everyMs, pageMeans));
	useChange(feed.change);
	const now = useNow();
	useEffect(() => watchWhileSeen(frame.current, feed), [feed]);
	const { shown, before, trouble } = feed;
	const state = trouble ?? (shown === null ? "loading" : shown.at > 0 && now - shown.at > OLD_MS ? "old" : "live");
	const time = shown === null || shown.at === 0 ? "" : clockText(shown.at);
	return (
		<figure
			ref={frame}
			className="camera-tile"
			data-camera={asset}
			data-picture={state}
			data-picture-at={shown?.at ?? 0}
		>
			{before === null ? null : (
				<img key={before.url} className="camera-picture" src={before.url} alt="" aria-hidden="true" />
			)}
			{shown === null ? (
				<span className="camera-empty">
					{trouble === null ? <span className="camera-skeleton" aria-hidden="true" /> : <NoPicture />}
				</span>
			) : (
				<img
					key={shown.url}
					className="camera-picture camera-new"
					src={shown.url}
					alt={t("camera.alt", { name, time })}
					draggable={false}
				/>
			)}
			{state === "live" ? null : (
				<figcaption className="camera-word" role="status">
					<strong>{wordOf(state, t)}</strong>
					<AgeLine feed={feed} now={now} state={state} />
				</figcaption>
			)}
		</figure>
	);
}

type Translate = ReturnType<typeof useTranslation>["t"];

function wordOf(state: string, t: Translate): string {
	return state === "old" ? "" : t(`camera.${state}`);
}

interface AgeLineProps {
	readonly feed: PictureFeed;
	readonly now: number;
	readonly state: string;
}

/** How old what is seen is: always said when it is not of this moment. */
function AgeLine({ feed, now, state }: AgeLineProps): ReactElement | null {
	const { t } = useTranslation();
	if (state === "loading") return null;
	const at = feed.lastAt ?? feed.shown?.at ?? 0;
	if (at === 0) return <span>{t("camera.none")}</span>;
	const words = { time: clockText(at), age: ageText(now - at) };
	return <span>{t(state === "old" ? "camera.old" : "camera.last", words)}</span>;
}

/** A crossed-out lens: there is nothing to look at. */
function NoPicture(): ReactElement {
	return (
		<svg className="camera-none" viewBox="0 0 48 48" aria-hidden="true">
			<path d="M6 14h26v20H6zM32 21l10-5v16l-10-5M8 42 40 6" />
		</svg>
	);
}

/** Watched while it is on the screen and the page is in front. @returns the end of it. */
function watchWhileSeen(frame: HTMLElement | null, feed: PictureFeed): () => void {
	let isInSight = frame === null || typeof IntersectionObserver === "undefined";
	const look = (): void => feed.watch(isInSight && document.visibilityState !== "hidden");
	const observer = isInSight
		? null
		: new IntersectionObserver((entries) => {
				isInSight = entries.at(-1)?.isIntersecting ?? false;
				look();
			});
	if (frame !== null) observer?.observe(frame);
	document.addEventListener("visibilitychange", look);
	look();
	return () => {
		observer?.disconnect();
		document.removeEventListener("visibilitychange", look);
		feed.close();
	};
}
