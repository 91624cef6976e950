// The camera service's arguments: what is right is taken, what is wrong is named.
import { expect, test } from "vitest";
import { readCameraArgs } from "./args.ts";

test("url without its slash, socket as given", () => {
	expect(readCameraArgs(["--url", "http://localhost:8080/", "--listen", "/run/c.sock"])).toEqual({
		url: "http://localhost:8080",
		listen: "/run/c.sock",
	});
	expect(readCameraArgs(["--help"])).toBe("help");
});

test("each mistake is named: no socket, an address with a path, a path too long for a socket, an unknown word", () => {
	expect(readCameraArgs([])).toEqual([expect.stringContaining("--listen")]);
	expect(readCameraArgs(["--url", "http://h/x", "--listen", "a"])).toEqual([expect.stringContaining("--url")]);
	expect(readCameraArgs(["--listen", "x".repeat(104)])).toEqual([expect.stringContaining("103")]);
	expect(readCameraArgs(["--speed", "2"])).toEqual([expect.stringContaining("--speed")]);
});
