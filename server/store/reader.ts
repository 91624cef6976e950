// Web's side of the store: lists, history and search over a read-only connection in a worker of its own, so that a question
// never holds up the event loop or the writer. It opens at the first question and follows the writer's commits.
import { Worker } from "node:worker_threads";
import { Calls } from "./calls.ts";
import type { ReadStore } from "./store.ts";

export interface ReaderOptions {
	readonly folder: string;
}

/** A reader of a data folder. Questions are refused until core has made the store's file. */
export function openReader(options: ReaderOptions): ReadStore {
	const worker = new Worker(new URL("./read_worker.ts", import.meta.url), {
		workerData: { folder: options.folder },
		execArgv: ["--disable-warning=ExperimentalWarning"],
	});
	const ignore = () => undefined;
	// A worker that ended refuses every question with its reason: the caller's answer names it.
	const calls = new Calls(worker, ignore, ignore);
	let closed = false;
	return {
		history: (channel, from, to, points) => calls.call("history", [channel, from, to, points]),
		transitions: (after, limit) => calls.call("transitions", [after, limit]),
		alarms: (filter) => calls.call("alarms", [filter]),
		alarmSpan: (from, to, limit) => calls.call("alarmSpan", [from, to, limit]),
		story: (alarm, limit) => calls.call("story", [alarm, limit]),
		buckets: (channels, from, to, step) => calls.call("buckets", [channels, from, to, step]),
		setting: (name) => calls.call("setting", [name]),
		session: (idHash) => calls.call("session", [idHash]),
		audits: (after, limit) => calls.call("audits", [after, limit]),
		auditCheck: () => calls.call("auditCheck", []),
		auditsBack: (before, limit, filter) => calls.call("auditsBack", [before, limit, filter]),
		lines: (subject, after, limit) => calls.call("lines", [subject, after, limit]),
		linesBetween: (from, to, after, limit) => calls.call("linesBetween", [from, to, after, limit]),
		archived: (kind, id) => calls.call("archived", [kind, id]),
		archive: (filter) => calls.call("archive", [filter]),
		photo: (id) => calls.call("photo", [id]),
		search: (text, limit) => calls.call("search", [text, limit]),
		readings: (channel, from, to) => calls.call("readings", [channel, from, to]),
		keyFrame: (at) => calls.call("keyFrame", [at]),
		close: async () => {
			if (closed) return;
			closed = true;
			await calls.call("close", []);
			await worker.terminate();
		},
	};
}
