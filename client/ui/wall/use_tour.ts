// Feeds the tour's state machine: time, hands, alarms. Keeps the state in React and says where the map stands. The tour never
// starts while the picture is not true, and a case takes the wall whoever is touching it.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Alarm } from "#model/alarm.ts";
import { cityOf } from "#model/ids.ts";
import type { IncidentPlace } from "#model/incident_place.ts";
import type { Live } from "../../live/live.ts";
import { STOP_ZOOM, type Stop } from "../../live/stop.ts";
import { type TourCase, type TourEvent, type TourState, tourNext, tourStart } from "../../live/tour.ts";
import { useIncidents } from "../incident/incident_state.ts";
import { type IncidentEntry, pushedIncident } from "../incident/incident_view.ts";
import { useChange, useLive } from "../live_context.ts";
import { seatOf } from "../parts/districts.ts";
import { roundOf, type TourRound, tourRounds } from "./tour_plan.ts";

const TICK_MS = 500;
/** A raise older than this came by a reconnect: it is in the card, it does not take the wall. */
const FRESH_MS = 180_000;
/** Who pressed the button takes the hand off the mouse: moving it does not stop the tour for so long. */
const GRACE_MS = 5_000;
/** Less than this is a table that somebody knocked against, px. */
const HAND_PX = 4;

export interface Tour {
	readonly state: TourState;
	readonly stop: Stop;
	readonly round: TourRound | null;
	/** The incident that an officer pushed to the walls: the case in hand, and where the map stands. */
	readonly pushed: IncidentEntry | null;
	readonly start: () => void;
	readonly end: () => void;
}

export function useTour(): Tour {
	const live = useLive();
	const [state, setState] = useState(() => tourStart(performance.now()));
	const tell = useCallback((event: TourEvent) => setState((before) => tourNext(before, event)), []);
	const catalogue = useChange(live.catalogue.change);
	const rounds = useMemo(() => (catalogue < 0 ? [] : tourRounds(live.catalogue)), [live, catalogue]);
	const pushed = pushedIncident(useIncidents());
	useTicks(live, rounds.length > 0 && pushed === null, tell);
	const grace = useRef(0);
	useHands(tell, grace);
	useAlarms(live, state, tell);
	const round = roundOf(rounds, state.round);
	const place = pushed?.body.place ?? null;
	const stop = useMemo(
		() => (place === null || state.phase === "case" ? stopOf(live, state, round) : incidentStop(place)),
		[live, state, round, place],
	);
	const start = useCallback(() => {
		grace.current = performance.now() + GRACE_MS;
		tell({ type: "asked", at: performance.now() });
	}, [tell]);
	const end = useCallback(() => tell({ type: "stopped", at: performance.now() }), [tell]);
	return { state, stop, round, pushed, start, end };
}

const PROVINCE: Stop = { kind: "province" };

function stopOf(live: Live, state: TourState, round: TourRound | null): Stop {
	switch (state.phase) {
		case "city":
			return round?.stop ?? PROVINCE;
		case "site":
			return round?.site?.stop ?? round?.stop ?? PROVINCE;
		case "case":
			return caseStop(live, state.taken?.id ?? "");
		default:
			return PROVINCE;
	}
}

function incidentStop({ lon, lat }: IncidentPlace): Stop {
	return { kind: "case", asset: "", lon, lat, zoom: STOP_ZOOM.case };
}

/** The asset's place; of a district or a door its seat. */
function caseStop(live: Live, id: string): Stop {
	const alarm = live.alarms.find(id);
	if (alarm === undefined) return PROVINCE;
	const asset = alarm.asset === null ? undefined : live.catalogue.find(alarm.asset);
	if (asset !== undefined) {
		const { lon, lat } = asset.record;
		return { kind: "case", asset: asset.record.id, lon, lat, zoom: STOP_ZOOM.case };
	}
	const seat = seatOf(alarm.district) ?? seatOf(cityOf(alarm.district));
	return seat === null ? PROVINCE : { kind: "case", asset: "", lon: seat[0], lat: seat[1], zoom: STOP_ZOOM.city };
}

function useTicks(live: Live, hasPlaces: boolean, tell: (event: TourEvent) => void): void {
	useEffect(() => {
		const timer = setInterval(() => {
			const isTrue = live.link.state === "live" || live.link.state === "late";
			const mayTour = hasPlaces && isTrue && document.visibilityState === "visible";
			tell({ type: "tick", at: performance.now(), mayTour });
		}, TICK_MS);
		return () => clearInterval(timer);
	}, [live, hasPlaces, tell]);
}

/** Any key, mouse or touch; Escape ends a take-over too. */
function useHands(tell: (event: TourEvent) => void, grace: RefObject<number>): void {
	const place = useRef<{ x: number; y: number } | null>(null);
	useEffect(() => {
		const touched = (): void => tell({ type: "touched", at: performance.now() });
		const pressed = (event: KeyboardEvent): void => {
			if (event.key === "Escape") tell({ type: "stopped", at: performance.now() });
			else touched();
		};
		const moved = (event: PointerEvent): void => {
			const before = place.current;
			place.current = { x: event.clientX, y: event.clientY };
			if (before === null || performance.now() < grace.current) return;
			if (Math.hypot(event.clientX - before.x, event.clientY - before.y) >= HAND_PX) touched();
		};
		window.addEventListener("keydown", pressed);
		window.addEventListener("pointermove", moved);
		const others = ["pointerdown", "wheel", "touchstart"] as const;
		for (const name of others) window.addEventListener(name, touched, { passive: true });
		return () => {
			window.removeEventListener("keydown", pressed);
			window.removeEventListener("pointermove", moved);
			for (const name of others) window.removeEventListener(name, touched);
		};
	}, [tell, grace]);
}

function useAlarms(live: Live, state: TourState, tell: (event: TourEvent) => void): void {
	useEffect(
		() =>
			live.alarms.onNews(({ kind, alarm }) => {
				if (kind !== "raised" && kind !== "rose") return;
				const raised = caseOf(alarm);
				const isFresh = live.now() - alarm.raisedAt < FRESH_MS;
				if (raised !== null && isFresh) tell({ type: "raised", at: performance.now(), raised });
			}),
		[live, tell],
	);
	const { taken, waiting } = state;
	const changed = useChange(live.alarms.change);
	useEffect(() => {
		if (changed < 0) return;
		for (const { id } of taken === null ? waiting : [taken, ...waiting]) {
			const alarm = live.alarms.find(id);
			if (alarm === undefined || alarm.acknowledged || !alarm.active) {
				tell({ type: "settled", at: performance.now(), id });
			}
		}
	}, [live, changed, taken, waiting, tell]);
}

function caseOf(alarm: Alarm): TourCase | null {
	const { id, occurrence, severity, system, district } = alarm;
	if ((severity !== 3 && severity !== 4) || alarm.shelvedUntil !== null || alarm.suppressedBy !== null) return null;
	if (alarm.outOfService) return null;
	return { id, occurrence, severity, group: `${system} ${cityOf(district)}` };
}
