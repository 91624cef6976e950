// The pages and their URLs. One page so far: the desk at `/`; its scene is the search part of the address.
import { createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { parseScene } from "../scene/scene.ts";
import { DutyPage } from "./duty/DutyPage.tsx";

const root = createRootRoute();
const desk = createRoute({
	getParentRoute: () => root,
	path: "/",
	validateSearch: (search: Record<string, unknown>) => parseScene(search),
	component: DutyPage,
});
const router = createRouter({
	routeTree: root.addChildren([desk]),
	// Plain texts in the address: /?asset=gas-001&hide=water
	parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
	stringifySearch: (search) => {
		const text = new URLSearchParams(search as Record<string, string>).toString().replaceAll("%2C", ",");
		return text === "" ? "" : `?${text}`;
	},
});

declare module "@tanstack/react-router" {
	interface Register {
		router: typeof router;
	}
}

export function Router(): ReactElement {
	return <RouterProvider router={router} />;
}
