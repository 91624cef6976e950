// One outside channel as a form: the fields that its type uses, each with its own label. A kept secret stands masked and stays
// as it is until it is typed anew.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { BEAT_EVERY_S, type Outlet, outletTypes } from "#model/outlet.ts";
import { isProblem } from "#model/problem.ts";
import { stepKinds } from "#model/reach.ts";
import type { OutletState } from "#model/reach_view.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";
import { useModal } from "../parts/use_modal.ts";
import { Choice, Line, Lines, Words } from "./fields.tsx";

const FRESH: Outlet = {
	name: "",
	type: "http",
	enabled: true,
	minLevel: 3,
	districts: [],
	steps: ["deaf", "lead", "repeat"],
	url: "",
	secret: "",
	user: "",
	from: "",
	to: [],
	method: "POST",
	contentType: "application/json",
	body: '{"phone":"{{phone}}","content":"{{title}} {{text}}"}',
	headers: [],
	expect: "",
};
const PLACEHOLDERS = ["title", "text", "phone", "level", "place", "time", "count"]
	.map((name) => `{{${name}}}`)
	.join(" ");
const CONTENT_TYPES = ["application/json", "application/x-www-form-urlencoded", "text/plain"] as const;

interface Props {
	/** null: a new one. */
	readonly state: OutletState | null;
	readonly onClose: () => void;
}

export function OutletForm({ state, onClose }: Props): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const dialog = useModal();
	const [outlet, setOutlet] = useState<Outlet>(state?.outlet ?? FRESH);
	const [told, setTold] = useState("");
	const set = (part: Partial<Outlet>): void => setOutlet((before) => ({ ...before, ...part }));
	const save = async (): Promise<void> => {
		const answer = await live.acts.do("reach.outlet", { id: state?.id ?? null, outlet });
		if (isProblem(answer)) {
			setTold(`${problemText(t, answer)} ${answer.where ?? ""} ${answer.detail ?? ""}`);
			return;
		}
		await live.reach.ask();
		onClose();
	};
	return (
		<dialog ref={dialog} className="dialog reach-dialog" aria-labelledby="outlet-title" onClose={onClose}>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					void save().catch(reportError);
				}}
			>
				<h2 id="outlet-title">{t(state === null ? "reach.outlet.newTitle" : "reach.outlet.editTitle")}</h2>
				<div className="reach-fields">
					<Line label={t("reach.outlet.name")} value={outlet.name} required onChange={(name) => set({ name })} />
					<Choice
						label={t("reach.outlet.type")}
						value={outlet.type}
						choices={outletTypes.map((type) => [type, t(`reach.outlet.kinds.${type}`)])}
						onChange={(type) => set(type === "heartbeat" ? { type, method: "GET" } : { type })}
					/>
					<Where outlet={outlet} set={set} />
					<Template outlet={outlet} set={set} />
					<Beat outlet={outlet} set={set} />
					<Lines
						label={t("reach.outlet.ca")}
						hint={t("reach.outlet.caHint")}
						value={outlet.ca ?? ""}
						onChange={(ca) => set({ ca })}
					/>
					<When outlet={outlet} set={set} />
				</div>
				{state?.hasSecret === true ? <p className="quiet">{t("reach.outlet.masked")}</p> : null}
				<p className="reach-acts">
					<button type="submit" className="button primary">
						{t("reach.outlet.save")}
					</button>
					<button type="button" className="button" onClick={onClose}>
						{t("reach.outlet.cancel")}
					</button>
					<span role="alert" className="reach-bad">
						{told}
					</span>
				</p>
			</form>
		</dialog>
	);
}

interface Part {
	readonly outlet: Outlet;
	readonly set: (part: Partial<Outlet>) => void;
}

/** Address, secret, and who is told. */
function Where({ outlet, set }: Part): ReactElement {
	const { t } = useTranslation();
	const { type } = outlet;
	return (
		<>
			<Line label={t(`reach.outlet.url.${type}`)} value={outlet.url} required wide onChange={(url) => set({ url })} />
			{type === "wecom" || type === "http" ? null : (
				<Line
					label={t(`reach.outlet.secret.${type}`)}
					value={outlet.secret}
					type="password"
					onChange={(secret) => set({ secret })}
				/>
			)}
			{type === "smtp" ? (
				<>
					<Line label={t("reach.outlet.user")} value={outlet.user} onChange={(user) => set({ user })} />
					<Line label={t("reach.outlet.sender")} value={outlet.from} onChange={(from) => set({ from })} />
				</>
			) : null}
			{type === "smtp" || type === "http" ? (
				<Words label={t(`reach.outlet.to.${type}`)} value={outlet.to} wide onChange={(to) => set({ to })} />
			) : null}
		</>
	);
}

/** What a gateway is sent. */
function Template({ outlet, set }: Part): ReactElement | null {
	const { t } = useTranslation();
	if (outlet.type !== "http") return null;
	return (
		<>
			<Choice
				label={t("reach.outlet.method")}
				value={outlet.method}
				choices={[
					["POST", "POST"],
					["GET", "GET"],
				]}
				onChange={(method) => set({ method })}
			/>
			<Choice
				label={t("reach.outlet.contentType")}
				value={outlet.contentType}
				choices={CONTENT_TYPES.map((one) => [one, one])}
				onChange={(contentType) => set({ contentType })}
			/>
			<Lines
				label={t("reach.outlet.body")}
				hint={t("reach.outlet.bodyHint", { placeholders: PLACEHOLDERS })}
				value={outlet.body}
				onChange={(body) => set({ body })}
			/>
			<Headers outlet={outlet} set={set} />
			<Line label={t("reach.outlet.expect")} value={outlet.expect} wide onChange={(expect) => set({ expect })} />
		</>
	);
}

/** Of a heartbeat: how often, and how it asks. */
function Beat({ outlet, set }: Part): ReactElement | null {
	const { t } = useTranslation();
	if (outlet.type !== "heartbeat") return null;
	return (
		<>
			<Choice
				label={t("reach.outlet.method")}
				value={outlet.method}
				choices={[
					["GET", "GET"],
					["POST", "POST"],
				]}
				onChange={(method) => set({ method })}
			/>
			<Line
				label={t("reach.outlet.everyS")}
				value={String(outlet.everyS ?? BEAT_EVERY_S)}
				required
				onChange={(seconds) => set({ everyS: Number(seconds.replaceAll(/\D/g, "")) })}
			/>
			<p className="quiet wide">{t("reach.outlet.beatHint")}</p>
		</>
	);
}

/** As text while it is typed: a half-written line is no header yet. */
function Headers({ outlet, set }: Part): ReactElement {
	const { t } = useTranslation();
	const [text, setText] = useState(outlet.headers.map(({ name, value }) => `${name}: ${value}`).join("\n"));
	return (
		<Lines
			label={t("reach.outlet.headers")}
			value={text}
			onChange={(typed) => {
				setText(typed);
				const lines = typed.split("\n").map((line) => /^\s*([A-Za-z0-9-]+)\s*:\s*(.*)$/.exec(line));
				set({
					headers: lines.flatMap((line) => (line === null ? [] : [{ name: line[1] ?? "", value: line[2] ?? "" }])),
				});
			}}
		/>
	);
}

/** For which alarms and which steps. */
function When({ outlet, set }: Part): ReactElement {
	const { t } = useTranslation();
	const enabled = (
		<label className="reach-check">
			<input
				type="checkbox"
				checked={outlet.enabled}
				onChange={(event) => set({ enabled: event.currentTarget.checked })}
			/>
			{t("reach.outlet.enabled")}
		</label>
	);
	if (outlet.type === "heartbeat") return enabled;
	return (
		<>
			<Choice
				label={t("reach.outlet.minLevel")}
				value={String(outlet.minLevel)}
				choices={[4, 3, 2, 1].map((level) => [String(level), t(`level.${level}`)])}
				onChange={(level) => set({ minLevel: Number(level) })}
			/>
			<Words
				label={t("reach.outlet.districts")}
				value={outlet.districts}
				onChange={(districts) => set({ districts })}
			/>
			<fieldset className="reach-steps">
				<legend>{t("reach.outlet.steps")}</legend>
				{stepKinds.map((step) => (
					<label key={step} className="reach-check">
						<input
							type="checkbox"
							checked={outlet.steps.includes(step)}
							onChange={(event) => {
								const isOn = event.currentTarget.checked;
								set({ steps: stepKinds.filter((one) => (one === step ? isOn : outlet.steps.includes(one))) });
							}}
						/>
						{t(`reach.calls.step.${step}`)}
					</label>
				))}
			</fieldset>
			{enabled}
		</>
	);
}
