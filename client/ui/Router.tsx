// The pages and their URLs: the wall at `/`, the desk at `/duty`, the planner's and the policy's doors, the director of the demo.
// Each page is a chunk of its own; its scene is the search part of the address. From one page to another goes a whole load:
// a page has one map and one live half for its life.
import {
	createRootRoute,
	createRoute,
	createRouter,
	lazyRouteComponent,
	Outlet,
	RouterProvider,
	useLocation,
} from "@tanstack/react-router";
import { type ReactElement, useEffect } from "react";
import { tellActivity } from "../live/session.ts";
import { parseScene } from "../scene/scene.ts";
import { BrokenPage, LostPage } from "./doors/LostPage.tsx";
import { useLive } from "./live_context.ts";
import { Watermark } from "./parts/Watermark.tsx";

const root = createRootRoute({ component: Root, notFoundComponent: LostPage });
const validateSearch = (search: Record<string, unknown>) => parseScene(search);
const wall = lazyRouteComponent(() => import("./wall/WallPage.tsx"), "WallPage");
const routes = [
	createRoute({ getParentRoute: () => root, path: "/", validateSearch, component: wall }),
	createRoute({ getParentRoute: () => root, path: "/wall", validateSearch, component: wall }),
	createRoute({
		getParentRoute: () => root,
		path: "/duty",
		validateSearch,
		component: lazyRouteComponent(() => import("./duty/DutyPage.tsx"), "DutyPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/figures",
		validateSearch: (search: Record<string, unknown>) => search as Readonly<Record<string, string>>,
		component: lazyRouteComponent(() => import("./figures/FiguresPage.tsx"), "FiguresPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/incidents",
		component: lazyRouteComponent(() => import("./incident/IncidentsPage.tsx"), "IncidentsPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/incidents/$id",
		component: lazyRouteComponent(() => import("./incident/IncidentPage.tsx"), "IncidentPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/contacts",
		component: lazyRouteComponent(() => import("./contacts/ContactsPage.tsx"), "ContactsPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/chain/$alarm",
		component: lazyRouteComponent(() => import("./chain/ChainPage.tsx"), "ChainPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/phone",
		validateSearch: ({ alarm }): { alarm?: string } => (typeof alarm === "string" ? { alarm } : {}),
		component: lazyRouteComponent(() => import("./phone/PhonePage.tsx"), "PhonePage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/reach",
		component: lazyRouteComponent(() => import("./reach/ReachPage.tsx"), "ReachPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/shifts",
		component: lazyRouteComponent(() => import("./shifts/ShiftsPage.tsx"), "ShiftsPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/duty/morning",
		component: lazyRouteComponent(() => import("./shifts/MorningPage.tsx"), "MorningPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/admin",
		component: lazyRouteComponent(() => import("./admin/AdminPage.tsx"), "AdminPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/sign-in",
		component: lazyRouteComponent(() => import("./sign/SignInPage.tsx"), "SignInPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/plan",
		component: lazyRouteComponent(() => import("./doors/PlannedPage.tsx"), "PlannedPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/policy",
		component: lazyRouteComponent(() => import("./doors/PlannedPage.tsx"), "PlannedPage"),
	}),
	createRoute({
		getParentRoute: () => root,
		path: "/demo",
		component: lazyRouteComponent(() => import("./director/DirectorPage.tsx"), "DirectorPage"),
	}),
] as const;
const router = createRouter({
	routeTree: root.addChildren(routes),
	defaultErrorComponent: BrokenPage,
	// Plain texts in the address: /duty?asset=gas-001&hide=water
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

/** Pages that show what is not for everybody. */
const MARKED = /^\/(duty|plan|phone|admin)(\/|$)/;

/** What every page has: the mark of whoever looks, and the sign that a person is there. */
function Root(): ReactElement {
	const { pathname } = useLocation();
	const live = useLive();
	useEffect(() => {
		const isSignedIn = (): boolean => live.wire.hello?.roles.some((role) => role !== "viewer") === true;
		return tellActivity(() => performance.now(), isSignedIn);
	}, [live]);
	return (
		<>
			<Outlet />
			{MARKED.test(pathname) ? <Watermark /> : null}
		</>
	);
}
