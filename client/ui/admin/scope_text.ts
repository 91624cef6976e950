// A person's scope as words, and the districts a form offers.
import type { TFunction } from "i18next";
import type { Scope } from "#model/rights.ts";
import type { Live } from "../../live/live.ts";
import { languageNow } from "../../text/text.ts";
import { placeName } from "../parts/districts.ts";

export function scopeText(t: TFunction, live: Live, { districts, systems, assets }: Scope): string {
	const and = t("top.and");
	const places = districts.map(placeName).join(and);
	if (assets !== undefined) return `${places} · ${t("people.list.assets", { count: assets.length })}`;
	if (systems === null) return `${places} · ${t("people.list.all")}`;
	return `${places} · ${systems.map((id) => systemName(live, id)).join(and)}`;
}

export function systemName(live: Live, id: string): string {
	return live.catalogue.systems.find((system) => system.id === id)?.name[languageNow()] ?? id;
}
