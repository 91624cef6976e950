// The outside channels: what each is for, whether it works, a test, an edit. Secrets stand masked.
import type { TFunction } from "i18next";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { BEAT_EVERY_S } from "#model/outlet.ts";
import { isProblem } from "#model/problem.ts";
import type { OutletState } from "#model/reach_view.ts";
import { ageText } from "../../live/format.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";
import { OutletForm } from "./OutletForm.tsx";

export function OutletList({ outlets }: { readonly outlets: readonly OutletState[] }): ReactElement {
	const { t } = useTranslation();
	const [editing, setEditing] = useState<OutletState | "new" | null>(null);
	return (
		<section className="reach-part" aria-labelledby="outlets-title">
			<h3 id="outlets-title">
				{t("reach.outlet.title")}
				<button type="button" className="button" data-act="add-outlet" onClick={() => setEditing("new")}>
					{t("reach.outlet.add")}
				</button>
			</h3>
			{outlets.every(({ outlet }) => outlet.type === "heartbeat") ? (
				<p className="reach-bad">{t("reach.outlet.none")}</p>
			) : null}
			<ul className="reach-outlets">
				{outlets.map((state) => (
					<OutletRow key={state.id} state={state} onEdit={() => setEditing(state)} />
				))}
			</ul>
			{editing === null ? null : (
				<OutletForm state={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
			)}
		</section>
	);
}

function beatText(t: TFunction, { at, isStopped }: NonNullable<OutletState["beat"]>, now: number): string {
	if (isStopped) return t("reach.outlet.beatStopped");
	return at === null ? t("reach.outlet.beatNone") : t("reach.outlet.beatAt", { ago: ageText(now - at) });
}

function OutletRow({ state, onEdit }: { readonly state: OutletState; readonly onEdit: () => void }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [told, setTold] = useState("");
	const { id, outlet, failed, waiting, beat } = state;
	const act = async (name: "reach.test" | "reach.outlet-remove", done: string): Promise<void> => {
		const answer = await live.acts.do(name, { id });
		setTold(isProblem(answer) ? problemText(t, answer) : done);
		await live.reach.ask();
	};
	const remove = (): void => {
		if (globalThis.confirm(t("reach.outlet.removeSure", { name: outlet.name })))
			void act("reach.outlet-remove", "").catch(reportError);
	};
	const health = !outlet.enabled
		? t("reach.outlet.disabled")
		: failed > 0
			? t("reach.outlet.failing", { count: failed })
			: beat === null
				? t("reach.outlet.fine")
				: beatText(t, beat, live.now());
	return (
		<li data-outlet={id}>
			<div>
				<strong>{outlet.name}</strong> <span className="quiet">{t(`reach.outlet.kinds.${outlet.type}`)}</span>
				<br />
				<span className="quiet">
					{beat === null
						? t("reach.outlet.from", { level: t(`level.${outlet.minLevel}`) })
						: t("reach.outlet.every", { seconds: outlet.everyS ?? BEAT_EVERY_S })}{" "}
					· {outlet.url}
				</span>
			</div>
			<span className={(failed > 0 || beat?.isStopped === true) && outlet.enabled ? "reach-bad" : "quiet"}>
				{health}
				{waiting === 0 ? null : ` · ${t("reach.outlet.waiting", { count: waiting })}`}
			</span>
			<span className="reach-acts">
				<button
					type="button"
					className="button"
					onClick={() => void act("reach.test", t("reach.outlet.tested")).catch(reportError)}
				>
					{t("reach.outlet.test")}
				</button>
				<button type="button" className="button" onClick={onEdit}>
					{t("reach.outlet.edit")}
				</button>
				<button type="button" className="button" onClick={remove}>
					{t("reach.outlet.remove")}
				</button>
				<span role="status">{told}</span>
			</span>
		</li>
	);
}
