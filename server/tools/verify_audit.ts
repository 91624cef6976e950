// `npm run audit:verify -- FOLDER`: the chain of the audit log and its witness, in one sentence. Exit 0: whole; 1: cannot be read;
// 2: tampered with, the first bad record named.
import { resolve } from "node:path";
import type { Verdict } from "#model/audit.ts";
import { verifyAudit } from "../store/audit_verify.ts";

const [given, ...more] = process.argv.slice(2);
if (more.length > 0 || given?.startsWith("-") === true) {
	console.error("用法 · usage: npm run audit:verify -- FOLDER   （缺省为 LIAOWANG_DATA 或 ./data）");
	process.exit(1);
}
// npm runs a script in the project; the person stands where they called it.
const folder = resolve(process.env.INIT_CWD ?? ".", given ?? process.env.LIAOWANG_DATA ?? "data");

/** What is wrong with the record, for people. */
const WORDS: Readonly<Record<Extract<Verdict, { ok: false }>["flaw"], string>> = {
	missing: "缺失 · is missing",
	edited: "内容与其哈希不符 · does not match its hash",
	moved: "与前一条不相连 · does not follow the record before it",
	unchained: "哈希被去除 · has lost its hash",
	rewritten: "与见证文件不符，已被改写 · differs from what the witness saw",
	truncated: "见证文件之后被截断 · was cut off: the witness has seen it",
	damaged: "校验和不符，无法读出 · is damaged and cannot be read",
};

try {
	const verdict = verifyAudit(folder);
	if (verdict.ok) {
		const { chained, older, head, witnessed } = verdict;
		const end = head === null ? "" : `，链尾 ${head.n} ${head.hash}`;
		const zh = `审计日志完整：${chained} 条成链（另有 ${older} 条早于哈希链），见证至第 ${witnessed} 条${end}`;
		console.log(
			`${zh} · the audit log is whole: ${chained} chained records, ${older} older ones, witnessed to ${witnessed}`,
		);
	} else {
		const { n, upTo, flaw } = verdict;
		const which =
			n === upTo
				? `第 ${n} 条 · record ${n}`
				: `第 ${n} 至 ${upTo} 条之间 · the first bad record is one of ${n} to ${upTo}`;
		console.error(`审计日志已被改动 · the audit log has been tampered with: ${which}: ${WORDS[flaw]}`);
		process.exitCode = 2;
	}
} catch (error) {
	console.error(`无法读取 · cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
