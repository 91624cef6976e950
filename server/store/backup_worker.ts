// A thread that makes one backup and ends: copying gigabytes must hold up neither commits nor the event loop.
import { parentPort, workerData } from "node:worker_threads";
import { backUp } from "./backup.ts";

const { folder, file, now } = workerData as { folder: string; file: string; now: number };
parentPort?.postMessage(backUp(folder, file, now));
