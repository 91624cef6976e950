// CPU time of pure work, for rows that compare how much a door spends on a reading. No clock on the wall, no I/O.

const ROUNDS = 9;

/**
 * CPU microseconds (user and system) per call, the middle one of 9 rounds after a warm-up.
 * @param expected what `call` returns; anything else throws, so that nobody measures work that was not done.
 */
export function cpuMicros(callsPerRound: number, expected: number, call: () => number): number {
	const rounds: number[] = [];
	for (let round = 0; round <= ROUNDS; round++) {
		let checksum = 0;
		const before = process.cpuUsage();
		for (let index = 0; index < callsPerRound; index++) checksum += call();
		const spent = process.cpuUsage(before);
		if (checksum !== callsPerRound * expected) throw new Error("the work measured was not done");
		if (round > 0) rounds.push((spent.user + spent.system) / callsPerRound);
	}
	return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}
