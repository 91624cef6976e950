// What backup and restore are told: one file on the command line, the data folder in the environment.
import { resolve } from "node:path";
import { readConfig } from "../config.ts";

/** Ends the program with a list of what is wrong. */
export function toolArguments(name: "backup" | "restore"): { readonly file: string; readonly folder: string } {
	const [file, ...more] = process.argv.slice(2);
	const config = readConfig(process.env);
	const problems = Array.isArray(config) ? config.map(({ where, detail }) => `${where ?? ""}: ${detail ?? ""}`) : [];
	if (file === undefined || file.startsWith("-") || more.length > 0)
		problems.push(`用法 · usage: npm run ${name} -- FILE   （LIAOWANG_DATA 指定数据目录 · names the data folder）`);
	if (problems.length > 0 || file === undefined || Array.isArray(config)) {
		for (const problem of problems) console.error(problem);
		process.exit(1);
	}
	// npm runs a script in the project; the person stands where they called it.
	return { file: resolve(process.env.INIT_CWD ?? ".", file), folder: resolve(config.dataFolder) };
}
