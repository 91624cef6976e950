// The command line of the camera service: read once, every mistake named in a sentence. Pure; main.ts prints and exits.
import { parseArgs } from "node:util";

export interface CameraOptions {
	/** Public address of the server, without a path. */
	readonly url: string;
	/** Path of the Unix socket to listen on. */
	readonly listen: string;
}

export const USAGE = `node server/simulate/cameras/main.ts --url URL --listen SOCKET      演示摄像头：按实时值绘制画面 · draws what the demo's video cameras see
  --url URL         server whose live values are drawn, default http://127.0.0.1:8080
  --listen SOCKET   Unix socket that serves GET /{asset}.jpg
  --help`;

/** Longest path of a Unix socket that Linux (108 with the final zero) and macOS (104) both take. */
const SOCKET_PATH_MAX = 103;

/** @returns options, or every problem in words. "help" when only that was asked. */
export function readCameraArgs(argv: readonly string[]): CameraOptions | "help" | readonly string[] {
	const words = { url: { type: "string" }, listen: { type: "string" }, help: { type: "boolean" } } as const;
	let values: { readonly url?: string; readonly listen?: string; readonly help?: boolean };
	try {
		values = parseArgs({ args: [...argv], options: words, strict: true, allowPositionals: false }).values;
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
	if (values.help === true) return "help";
	const problems: string[] = [];
	const url = values.url ?? "http://127.0.0.1:8080";
	if (!/^https?:\/\/[^/]+\/?$/.test(url)) problems.push(`--url: http://host:port, not "${url}"`);
	const listen = values.listen ?? "";
	if (listen === "") problems.push("--listen: the path of a Unix socket is needed");
	else if (Buffer.byteLength(listen) > SOCKET_PATH_MAX)
		problems.push(`--listen: at most ${SOCKET_PATH_MAX} bytes, not ${Buffer.byteLength(listen)}`);
	return problems.length > 0 ? problems : { url: url.replace(/\/$/, ""), listen };
}
