// The steps of npm test, in order: cheap ones first, so that a slip is told within seconds.
// To add a kind of test: a project in vitest.config.ts, a row here.

/** The project of vitest.config.ts, and where its files lie. At least one must be there. */
export type Project = {
	name: string;
	files: string[];
	/** A file that broke is run once more, and both runs are told. */
	runsAgain: boolean;
};

export type Step = {
	name: string;
	what: string;
	/** Killed after this long, with everything it started. */
	limitMinutes: number;
	/** Command steps: a program of node_modules, run by this Node, right or wrong as a whole. */
	program?: [file: string, ...args: string[]];
	/** Vitest steps. */
	project?: Project;
};

const vitest = (name: string, what: string, limitMinutes: number, ...files: string[]): Step => ({
	name,
	what,
	limitMinutes,
	project: { name, files, runsAgain: false },
});

/** Whole servers and browsers on a machine that others use too. */
const whole = (name: string, what: string, limitMinutes: number, ...files: string[]): Step => ({
	name,
	what,
	limitMinutes,
	project: { name, files, runsAgain: true },
});

export const STEPS: Step[] = [
	{ name: "types", what: "TypeScript, every folder", limitMinutes: 3, program: ["typescript/bin/tsc", "-b"] },
	{
		name: "style",
		what: "Biome: format, lint, walls between folders",
		limitMinutes: 3,
		program: ["@biomejs/biome/bin/biome", "ci", "--max-diagnostics=50", "--colors=off"],
	},
	{
		name: "unused",
		what: "knip: files, exports, packages",
		limitMinutes: 3,
		program: ["knip/bin/knip.js", "--no-progress"],
	},
	{
		name: "page",
		what: "the page as it is served",
		limitMinutes: 5,
		program: ["vite/bin/vite.js", "build", "--logLevel", "warn"],
	},
	vitest("build", "walls, packages, links", 5, "test/build/**/*.test.ts", "test/run/**/*.test.ts"),
	vitest("unit", "beside the code", 5, "{geodata,server,client}/**/*.test.{ts,tsx}"),
	vitest("contract", "one suite for each implementation", 5, "test/contract/**/*.test.ts"),
	vitest("integration", "parts together, over real sockets", 10, "test/integration/**/*.test.ts"),
	whole("fault", "kills, full disks, dead links", 15, "test/fault/**/*.test.ts"),
	vitest("fuzz", "frames and sessions by the thousand", 15, "test/fuzz/**/*.test.ts"),
	whole("browser", "pages in Chromium", 25, "test/browser/**/*.test.ts"),
];
