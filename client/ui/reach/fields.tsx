// The fields of the outlet's form: a line, a choice, several lines, each under its label.
import { type ReactElement, useState } from "react";

interface LineProps {
	readonly label: string;
	readonly value: string;
	readonly onChange: (value: string) => void;
	readonly type?: "text" | "password";
	readonly required?: boolean;
	/** Over both columns. */
	readonly wide?: boolean;
}

export function Line({
	label,
	value,
	onChange,
	type = "text",
	required = false,
	wide = false,
}: LineProps): ReactElement {
	return (
		<label className={`reach-field${wide ? " wide" : ""}`}>
			<span>{label}</span>
			<input
				type={type}
				value={value}
				required={required}
				autoComplete="off"
				spellCheck={false}
				onChange={(event) => onChange(event.currentTarget.value)}
			/>
		</label>
	);
}

interface WordsProps {
	readonly label: string;
	readonly value: readonly string[];
	readonly wide?: boolean;
	readonly onChange: (value: string[]) => void;
}

/** Separated by spaces or commas; kept as typed, because a space at its end is the beginning of the next word. */
export function Words({ label, value, wide = false, onChange }: WordsProps): ReactElement {
	const [text, setText] = useState(value.join(" "));
	const type = (typed: string): void => {
		setText(typed);
		onChange(typed.split(/[\s,，、;；]+/).filter((word) => word !== ""));
	};
	return <Line label={label} value={text} wide={wide} onChange={type} />;
}

interface ChoiceProps<T extends string> {
	readonly label: string;
	readonly value: T;
	readonly choices: readonly (readonly [T, string])[];
	readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>): ReactElement {
	return (
		<label className="reach-field">
			<span>{label}</span>
			<select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
				{choices.map(([choice, word]) => (
					<option key={choice} value={choice}>
						{word}
					</option>
				))}
			</select>
		</label>
	);
}

interface LinesProps {
	readonly label: string;
	readonly hint?: string;
	readonly value: string;
	readonly onChange: (value: string) => void;
}

export function Lines({ label, hint, value, onChange }: LinesProps): ReactElement {
	return (
		<label className="reach-field wide">
			<span>
				{label} {hint === undefined ? null : <span className="quiet">{hint}</span>}
			</span>
			<textarea rows={3} value={value} spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)} />
		</label>
	);
}
