// /api/openapi.json: made from the same routes and schemas that answer, so that it cannot say anything else.
import { z } from "zod";
import { readingSchema } from "#model/reading.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const problemBody = z.object({ problem: z.string(), detail: z.string().optional(), where: z.string().optional() });
const readingsBody = z.object({ readings: z.array(readingSchema).max(10_000) });

export function openapiRoutes({ build }: HttpParts, others: readonly Route[]): Route[] {
	let text: string | null = null;
	const own: Route = route({
		method: "get",
		path: "/api/openapi.json",
		policy: { open: "how to ask is no secret" },
		summary: "This document",
		handle: () => {
			text ??= JSON.stringify(document([...others, own], build));
			return { body: text };
		},
	});
	return [own];
}

function document(routes: readonly Route[], build: string): object {
	const paths: Record<string, Record<string, object>> = {};
	for (const one of routes) {
		const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
		paths[path] = { ...paths[path], [one.method]: operation(one) };
	}
	return {
		openapi: "3.1.0",
		info: { title: "瞭望 Liaowang", version: build },
		paths,
		components: {
			schemas: { Problem: schemaOf(problemBody) },
			securitySchemes: {
				session: { type: "apiKey", in: "cookie", name: "lw_session" },
				device: { type: "http", scheme: "bearer" },
			},
		},
	};
}

function operation(one: Route): object {
	const parameters = [...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
		name,
		in: "path",
		required: true,
		schema: { type: "string" },
	}));
	const query = one.type === "json" && one.query !== undefined ? schemaOf(one.query) : { properties: {} };
	const body = one.type === "json" ? one.body : one.path === "/api/readings" ? readingsBody : undefined;
	return {
		summary: one.summary,
		security: securityOf(one),
		parameters: [...parameters, ...queryParameters(query)],
		...(body === undefined
			? {}
			: { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } }),
		responses: {
			200: { description: "OK" },
			default: {
				description: "A problem",
				content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
			},
		},
	};
}

function securityOf(one: Route): object[] {
	if (one.path === "/api/readings") return [{ device: [] }];
	return "open" in one.policy ? [] : [{ session: [] }];
}

function queryParameters(schema: { properties?: Record<string, unknown>; required?: string[] }): object[] {
	return Object.entries(schema.properties ?? {}).map(([name, of]) => ({
		name,
		in: "query",
		required: schema.required?.includes(name) ?? false,
		schema: of,
	}));
}

function schemaOf(schema: z.ZodType): { properties?: Record<string, unknown>; required?: string[] } {
	const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
	return rest as { properties?: Record<string, unknown>; required?: string[] };
}
