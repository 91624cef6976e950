// Finding the way: a sketch of what stands around the place, how far and where from here, and the coordinates for a map app. The
// position is asked for only when the button is pressed, stays on this telephone, and needs HTTPS.
import { Copy, LocateFixed, Navigation } from "lucide-react";
import { type ReactElement, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageAsset } from "../../live/catalogue.ts";
import { placeName } from "../parts/districts.ts";
import { PhoneSketch } from "./PhoneSketch.tsx";
import { coordinateText, distanceText, geoLink, wayBetween } from "./way.ts";

const FIX_MS = 20_000;

export function PhoneWay({ asset }: { readonly asset: PageAsset }): ReactElement {
	const { t } = useTranslation();
	const { name, lon, lat, district } = asset.record;
	const place = [lon, lat] as const;
	const [here, setHere] = useState<readonly [number, number] | null>(null);
	const [told, setTold] = useState(window.isSecureContext ? "" : t("phone.noSecure"));
	const locate = (): void => {
		setTold(t("phone.locating"));
		navigator.geolocation.getCurrentPosition(
			({ coords }) => {
				setHere([coords.longitude, coords.latitude]);
				setTold("");
			},
			() => setTold(t("phone.noFix")),
			{ enableHighAccuracy: true, timeout: FIX_MS, maximumAge: 30_000 },
		);
	};
	const way = here === null ? null : wayBetween(here, place);
	return (
		<section className="phone-way">
			<h3>{t("phone.way")}</h3>
			<PhoneSketch asset={asset} here={here} label={t("phone.sketch", { place: `${placeName(district)} ${name}` })} />
			<p className="phone-told" role="status">
				{way === null
					? told
					: t("phone.distance", { distance: distanceText(way.metres), bearing: t(`phone.bearing.${way.bearing}`) })}
			</p>
			<div className="phone-acts">
				<a className="button" href={geoLink(place, name)}>
					<Navigation size="1.1em" aria-hidden="true" />
					{t("phone.wayOpen")}
				</a>
				{window.isSecureContext ? (
					<button type="button" className="button" onClick={locate}>
						<LocateFixed size="1.1em" aria-hidden="true" />
						{t("phone.here")}
					</button>
				) : null}
			</div>
			<Coordinates text={coordinateText(place)} />
		</section>
	);
}

/** Where the clipboard is closed (plain http) the text is selected instead, ready to be copied by hand. */
function Coordinates({ text }: { readonly text: string }): ReactElement {
	const { t } = useTranslation();
	const place = useRef<HTMLSpanElement>(null);
	const [isCopied, setCopied] = useState(false);
	const copy = async (): Promise<void> => {
		if (place.current !== null) getSelection()?.selectAllChildren(place.current);
		if (!window.isSecureContext) return;
		await navigator.clipboard.writeText(text);
		setCopied(true);
	};
	return (
		<p className="phone-coordinates">
			<span ref={place} className="figures">
				{text}
			</span>
			<button type="button" className="button" onClick={() => void copy().catch(reportError)}>
				<Copy size="1em" aria-hidden="true" />
				{t(isCopied ? "phone.copied" : "phone.copy")}
			</button>
		</p>
	);
}
