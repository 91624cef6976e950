// Who sits here: signing in and out. The session is a cookie that this page never sees; what it may do is what the server
// said in `hello`. After either the wire starts anew, because another person has another scope.
import { isProblem, type Problem } from "#model/problem.ts";
import { ask } from "./ask.ts";

export type DemoRole = "duty" | "planner" | "administrator";

export async function signInDemo(role: DemoRole): Promise<Problem | null> {
	return refusal(await ask("/api/session", { method: "POST", body: { demo: role } }));
}

export async function signIn(name: string, password: string): Promise<Problem | null> {
	return refusal(await ask("/api/session", { method: "POST", body: { name, password } }));
}

/** First run of a real folder: the code that the terminal printed makes the first administrator. */
export async function setUp(code: string, name: string, password: string): Promise<Problem | null> {
	return refusal(await ask("/api/setup", { method: "POST", body: { code, name, password } }));
}

export async function signOut(): Promise<Problem | null> {
	return refusal(await ask("/api/session", { method: "DELETE" }));
}

function refusal(answer: unknown): Problem | null {
	return isProblem(answer) ? answer : null;
}
