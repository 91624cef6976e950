// The HTTP side put together: headers, every route through the registry, a JSON 404, and the last resort for errors.
import type { Express } from "express";
import express from "express";
import helmet from "helmet";
import { problem } from "#model/problem.ts";
import { DocumentMaker } from "../documents/maker.ts";
import { actRoutes } from "./acts.ts";
import { adminRoutes } from "./admin.ts";
import { alarmFigureRoutes } from "./alarm_figures.ts";
import { alarmRoutes } from "./alarms.ts";
import { assetRoutes } from "./assets.ts";
import { auditRoutes } from "./audit.ts";
import { briefRoutes } from "./brief.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { chainRoutes } from "./chain.ts";
import { contactRoutes } from "./contacts.ts";
import { demoRoutes } from "./demo.ts";
import { documentRoutes } from "./documents.ts";
import { Facts } from "./facts.ts";
import { Freshener } from "./freshen.ts";
import { healthRoutes } from "./health.ts";
import { historyRoutes } from "./history.ts";
import { latestRoutes } from "./latest.ts";
import { metricsRoutes } from "./metrics.ts";
import { openapiRoutes } from "./openapi.ts";
import { pageRoutes } from "./page.ts";
import type { HttpParts } from "./parts.ts";
import { peopleRoutes } from "./people.ts";
import { photoRoutes } from "./photos.ts";
import { pictureRoutes } from "./pictures.ts";
import { policyRoutes } from "./policy.ts";
import { errorHandler, sendProblem } from "./problems.ts";
import { pulseRoutes } from "./pulse.ts";
import { reachRoutes } from "./reach.ts";
import { readingsRoutes } from "./readings.ts";
import { registerRoutes } from "./register.ts";
import type { Route } from "./registry.ts";
import { mount } from "./registry.ts";
import { riverRoutes } from "./river.ts";
import { sessionRoutes } from "./session.ts";
import { shiftRoutes } from "./shifts.ts";

/** Every route, the page's catch-all last. */
export function allRoutes(parts: HttpParts): Route[] {
	const facts = new Facts(parts);
	const maker = new DocumentMaker();
	const routes = [
		...healthRoutes(parts, facts),
		...metricsRoutes(parts),
		...sessionRoutes(parts),
		...peopleRoutes(parts),
		...auditRoutes(parts),
		...readingsRoutes(parts),
		...assetRoutes(parts),
		...historyRoutes(parts, facts),
		...pictureRoutes(parts),
		...riverRoutes(parts, facts),
		...pulseRoutes(parts, facts),
		...alarmRoutes(parts),
		...alarmFigureRoutes(parts),
		...registerRoutes(parts),
		...actRoutes(parts),
		...photoRoutes(parts),
		...reachRoutes(parts),
		...contactRoutes(parts),
		...chainRoutes(parts, facts),
		...latestRoutes(parts),
		...catalogueRoutes(parts),
		...adminRoutes(parts),
		...policyRoutes(parts),
		...documentRoutes(parts, maker),
		...shiftRoutes(parts, maker),
		...briefRoutes(parts, maker),
		...demoRoutes(parts),
	];
	return [...routes, ...openapiRoutes(parts, routes), ...pageRoutes(parts)];
}

export function createApp(parts: HttpParts): Express {
	const app = express();
	app.disable("x-powered-by");
	app.set("query parser", "simple");
	app.set("trust proxy", false);
	app.use(headers(parts.tls));
	const freshener = new Freshener(parts.core, parts.mirror);
	mount(app, allRoutes(parts), parts.gate, () => freshener.fresh());
	app.use((_request, response) => sendProblem(response, problem("not-found", "there is nothing at this address")));
	app.use(errorHandler(parts.log));
	return app;
}

/** Scripts from here alone. Style elements are let in, as chart libraries write them; nothing else is let loose. */
function headers(tls: boolean): ReturnType<typeof helmet> {
	return helmet({
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				defaultSrc: ["'none'"],
				scriptSrc: ["'self'"],
				workerSrc: ["'self'"],
				connectSrc: ["'self'"],
				imgSrc: ["'self'", "data:", "blob:"],
				styleSrc: ["'self'", "'unsafe-inline'"],
				fontSrc: ["'self'"],
				mediaSrc: ["'self'", "blob:"],
				manifestSrc: ["'self'"],
				baseUri: ["'none'"],
				formAction: ["'self'"],
				frameAncestors: ["'none'"],
				objectSrc: ["'none'"],
			},
		},
		frameguard: { action: "deny" },
		referrerPolicy: { policy: "no-referrer" },
		// Only where TLS really is: a browser remembers it for a year.
		strictTransportSecurity: tls,
	});
}
