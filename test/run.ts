// npm test: every check of the project in one order, one line each, and one closing line that a machine can read.
// It decides nothing about the product; it counts what the tools say and ends with 1 when anything failed, was
// skipped, or was not there to run. `npm test -- unit fault` runs only those steps.
import type { Tally } from "./run/count.ts";
import { ranTogether } from "./run/count.ts";
import { runStep, stopRunning } from "./run/step.ts";
import { STEPS } from "./run/steps.ts";

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name));

for (const signal of ["SIGINT", "SIGTERM"] as const)
	process.once(signal, () => {
		stopRunning();
		process.exit(130);
	});

const tallies: Tally[] = unknown.map((name) => ({ passed: 0, failed: 1, notes: [`there is no step named ${name}`] }));
for (const name of unknown)
	console.log(`unknown step ${name}; the steps are ${STEPS.map((step) => step.name).join(" ")}`);

for (const step of STEPS) {
	if (asked.length > 0 && !asked.includes(step.name)) continue;
	const startedAt = performance.now();
	const tally = await runStep(step);
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
	const verdict = tally.failed > 0 ? "FAILED" : "ok";
	console.log(
		`${step.name.padEnd(12)} ${verdict.padEnd(6)} ${seconds} s  ${tally.passed} passed, ${tally.failed} failed  ${step.what}`,
	);
	for (const note of tally.notes) console.log(note.replace(/^/gm, "    "));
	tallies.push(tally);
}

const total = ranTogether(tallies);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
