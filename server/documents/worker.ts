// A thread that makes one document and ends: fonts are cut and pages set away from the event loop that serves the screens. Started
// by maker.ts alone.
import { parentPort, workerData } from "node:worker_threads";
import type { OfficialDocument } from "#model/document.ts";
import type { Form } from "./maker.ts";

const { document, form } = workerData as { document: OfficialDocument; form: Form };

/** Only the library that is needed: a DOCX does not wait for the fonts of a PDF. */
async function make(): Promise<Buffer> {
	if (form === "docx") return (await import("./docx.ts")).toDocx(document);
	return (await import("./pdf.ts")).toPdf(document);
}

parentPort?.postMessage(new Uint8Array(await make()));
