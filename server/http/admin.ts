// /api/devices, /api/rules, /api/quarantine: what administrators keep in order. Core checks, stores and audits.
import { z } from "zod";
import { isProblem } from "#model/problem.ts";
import { inScope } from "#model/rights.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

export function adminRoutes(parts: HttpParts): Route[] {
	const { core } = parts;
	return [
		route({
			method: "get",
			path: "/api/devices",
			policy: { action: "device.edit" },
			summary: "Registered devices, without their keys",
			handle: async ({ who }) => {
				const devices = await core.call("devices", { who });
				return isProblem(devices) ? devices : { body: { devices } };
			},
		}),
		route({
			method: "post",
			path: "/api/devices",
			policy: { action: "device.edit" },
			summary: "Register a device of an asset; its key is shown in this answer and never again",
			body: z.record(z.string(), z.unknown()),
			handle: async ({ who, body, source }) => {
				const device = await core.call("putDevice", { who, device: body, source });
				return isProblem(device) ? device : { body: device };
			},
		}),
		...ruleRoutes(parts),
		route({
			method: "get",
			path: "/api/quarantine",
			policy: { action: "device.edit" },
			summary: "Unknown devices that have called, with their last frames",
			handle: async ({ who }) => {
				const quarantine = await core.call("quarantine", { who });
				return isProblem(quarantine) ? quarantine : { body: { quarantine } };
			},
		}),
	];
}

function ruleRoutes({ core, mirror }: HttpParts): Route[] {
	return [
		route({
			method: "get",
			path: "/api/rules",
			policy: { action: "read" },
			summary: "Limits in force per kind, and of assets where theirs differ",
			handle: ({ who }) => {
				const { limits, assets } = mirror.catalogue;
				const own: object[] = [];
				for (const asset of assets.values()) {
					const place = { district: asset.record.district, system: asset.system };
					if (asset.limits.length > 0 && inScope(who.scope, place))
						own.push({ asset: asset.record.id, limits: asset.limits });
				}
				const rules = [...limits].map(([kind, inForce]) => ({ kind, limits: inForce }));
				return { body: { revision: mirror.catalogue.revision, rules, assets: own } };
			},
		}),
		route({
			method: "put",
			path: "/api/rules",
			policy: { action: "rule.edit" },
			summary: "Replace a limit of a kind, or of one asset, while it runs",
			body: z
				.object({
					kind: z.string().min(1).max(48),
					asset: z.string().min(1).max(64).nullish(),
					limit: z.record(z.string(), z.unknown()),
					removed: z.boolean().default(false),
				})
				.strict(),
			handle: async ({ who, body, source }) => {
				const answer = await core.call("putRule", { ...body, who, asset: body.asset ?? null, source });
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
	];
}
