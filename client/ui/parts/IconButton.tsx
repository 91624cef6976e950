// A button that is only a picture: its word is read aloud and shown when the pointer rests on it.
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";

interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "type"> {
	readonly word: string;
	readonly icon: LucideIcon;
}

export function IconButton({ word, icon: Icon, className, ...rest }: IconButtonProps): ReactElement {
	const classes = className === undefined ? "icon-button" : `icon-button ${className}`;
	return (
		<button type="button" className={classes} aria-label={word} title={word} {...rest}>
			<Icon size="1.1em" aria-hidden="true" />
		</button>
	);
}
