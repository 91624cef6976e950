// Values that a schema takes, made from the schema: for asking every route and act without writing each body by hand. Names decide
// where they say what they are (district, asset, alarm ...); a text carries a mark that can be looked for afterwards.
import { z } from "zod";

export interface Names {
	/** Property name -> value, where the name says what it is. */
	readonly known: Readonly<Record<string, unknown>>;
	/** Goes into every free text. */
	readonly mark: string;
	/** For `commandId`. */
	next(): string;
}

interface Shape {
	readonly type?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly anyOf?: readonly Shape[];
	readonly oneOf?: readonly Shape[];
	readonly allOf?: readonly Shape[];
	readonly properties?: Readonly<Record<string, Shape>>;
	readonly required?: readonly string[];
	readonly items?: Shape;
	readonly prefixItems?: readonly Shape[];
	readonly minItems?: number;
	readonly minimum?: number;
	readonly exclusiveMinimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly pattern?: string;
}

/** @returns something the schema takes, as far as a schema can say it; refinements may still refuse it. */
export function sampleOf(schema: z.ZodType, names: Names): unknown {
	return make(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape, "", names);
}

function make(shape: Shape, name: string, names: Names): unknown {
	if (name === "commandId") return names.next();
	if (Object.hasOwn(names.known, name)) return names.known[name];
	if (shape.const !== undefined) return shape.const;
	if (shape.enum !== undefined) return shape.enum[0];
	const choices = shape.anyOf ?? shape.oneOf;
	if (choices !== undefined) return make(choices.find(({ type }) => type !== "null") ?? {}, name, names);
	if (shape.allOf !== undefined) return make(Object.assign({}, ...shape.allOf) as Shape, name, names);
	switch (shape.type) {
		case "object": {
			// Everything that may be said is said: what a body can name, it names.
			const entries = Object.entries(shape.properties ?? {});
			return Object.fromEntries(entries.map(([key, value]) => [key, make(value, key, names)]));
		}
		case "array": {
			if (shape.prefixItems !== undefined) return shape.prefixItems.map((item) => make(item, name, names));
			const length = Math.max(1, shape.minItems ?? 0);
			return Array.from({ length }, () => make(shape.items ?? {}, name, names));
		}
		case "number":
		case "integer":
			return Math.max(1, shape.minimum ?? 0, (shape.exclusiveMinimum ?? 0) + 1);
		case "boolean":
			return false;
		case "null":
			return null;
		case "string":
			return textOf(shape, names.mark);
		default:
			return names.mark;
	}
}

function textOf({ pattern, maxLength = 200, minLength = 0 }: Shape, mark: string): string {
	if (pattern === undefined) return mark.slice(0, maxLength).padEnd(minLength, "x");
	const tries = [mark, "210102", "abc", "a1", "1", "2026-11-22", "08:00", "+10", "abcdef01", "https://example.org/"];
	const fits = new RegExp(pattern, "u");
	return tries.find((text) => fits.test(text) && text.length <= maxLength) ?? mark;
}
