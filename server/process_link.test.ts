import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { firstLine } from "./process_link.ts";

test("the first line of a child is its ready line, however it is cut", async () => {
	const output = new PassThrough();
	const line = firstLine(output);
	output.write('{"port":80');
	output.write('80}\n{"later":1}\n');
	expect(await line).toEqual({ port: 8080 });
});

test("a child that ends before it is ready, or says no JSON, is a failure", async () => {
	const silent = new PassThrough();
	const none = firstLine(silent);
	silent.end("half a line");
	await expect(none).rejects.toThrow("before it was ready");
	const noisy = new PassThrough();
	const wrong = firstLine(noisy);
	noisy.write("hello\n");
	await expect(wrong).rejects.toThrow();
});
