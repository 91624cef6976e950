// The recorder on its own: what is offered becomes one commit, whatever its size.
import { expect, test } from "vitest";
import type { CommitBatch, Edit, Store } from "../store/store.ts";
import { Recorder } from "./recorder.ts";

const nothing = () => undefined;

test("an import larger than a call's arguments is one commit", async () => {
	const batches: CommitBatch[] = [];
	const store = {
		state: () => ({ open: true }),
		commit: async (batch: CommitBatch) => {
			batches.push(batch);
		},
	} as unknown as Store;
	const recorder = new Recorder(store, 0, { news: nothing, undone: nothing, failed: nothing, stored: nothing });
	const edits = Array.from({ length: 300_000 }, (_, index): Edit => ({ type: "asset.remove", id: `a-${index}` }));

	await recorder.edit(edits, []);

	expect(batches.map((batch) => batch.edits.length)).toEqual([300_000]);
});
