// The page's first file: words, the live half, then React. The live half starts before anything is drawn and does not wait
// for it; browser tests read it through `window.__liaowang`.
import "./no_eval.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import "@fontsource-variable/noto-sans-sc/index.css";
import "@fontsource/barlow-condensed/latin-400.css";
import "@fontsource/barlow-condensed/latin-500.css";
import "@fontsource/barlow-condensed/latin-600.css";
import "./style/tokens.css";
import "./style/base.css";
import { Live } from "./live/live.ts";
import { startText } from "./text/text.ts";
import { LiveProvider } from "./ui/live_context.ts";
import { Router } from "./ui/Router.tsx";

declare global {
	interface Window {
		/** Read-only handles for tests and for a person at the console; nothing in the page reads them. */
		readonly __liaowang: Readonly<
			Pick<Live, "latest" | "alarms" | "catalogue" | "clock" | "link" | "painter" | "sound" | "wire">
		>;
	}
}

const live = new Live();
const { latest, alarms, catalogue, clock, link, painter, sound, wire } = live;
Object.defineProperty(window, "__liaowang", {
	value: Object.freeze({ latest, alarms, catalogue, clock, link, painter, sound, wire }),
});

const queries = new QueryClient({
	// Answers are values or Problems; what throws is our own bug and is not asked again.
	defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 30_000, networkMode: "always" } },
});

async function start(): Promise<void> {
	await startText();
	const place = document.getElementById("root");
	if (place === null) throw new Error("index.html has no #root");
	createRoot(place).render(
		<QueryClientProvider client={queries}>
			<LiveProvider value={live}>
				<Router />
			</LiveProvider>
		</QueryClientProvider>,
	);
}

start().catch(reportError);
