// Who sits here: signing in and out, one's own password, signs that a person is at the page. The session is a cookie that this page
// never sees; what it may do is what the server said in `hello`. After a change the wire starts anew: another person has another scope.
import { isProblem, type Problem } from "#model/problem.ts";
import { ask } from "./ask.ts";

/** The demonstration's viewer is nobody; whoever has an account of their own, a viewer too, has signed in. */
export function isNobody(hello: { readonly user: string; readonly roles: readonly string[] } | null): boolean {
	return hello === null || (hello.user === "demo" && hello.roles.every((role) => role === "viewer"));
}

export type DemoRole = "duty" | "lead" | "planner" | "administrator";

export interface Entered {
	/** Nothing is open yet but setting a password. */
	readonly mustChange: boolean;
	/** The page to begin at. */
	readonly home: string;
}

export async function signInDemo(role: DemoRole): Promise<Entered | Problem> {
	return entered(await ask("/api/session", { method: "POST", body: { demo: role } }));
}

export async function signIn(name: string, password: string): Promise<Entered | Problem> {
	return entered(await ask("/api/session", { method: "POST", body: { name, password } }));
}

/** First run of a real folder: the code that the terminal printed makes the first administrator. */
export async function setUp(code: string, name: string, password: string): Promise<Entered | Problem> {
	return entered(await ask("/api/setup", { method: "POST", body: { code, name, password } }));
}

export async function changePassword(old: string, password: string): Promise<Entered | Problem> {
	return entered(await ask("/api/session/password", { method: "POST", body: { old, password } }));
}

export async function signOut(): Promise<Problem | null> {
	const answer = await ask("/api/session", { method: "DELETE" });
	return isProblem(answer) ? answer : null;
}

function entered(answer: unknown): Entered | Problem {
	if (isProblem(answer)) return answer;
	const { mustChange, home } = (answer ?? {}) as Partial<Entered>;
	return { mustChange: mustChange === true, home: home ?? "/" };
}

const TELL_MS = 60_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/**
 * Tells the server that a person is at this page, at most once a minute: a session without a hand on it ends. Who only looks has
 * none to keep.
 * @returns a function that stops it.
 */
export function tellActivity(now: () => number, isSignedIn: () => boolean): () => void {
	let toldAt = Number.NEGATIVE_INFINITY;
	const onSign = (): void => {
		if (now() - toldAt < TELL_MS || !isSignedIn()) return;
		toldAt = now();
		ask("/api/session/active", { method: "POST", body: {} }).catch(reportError);
	};
	for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
	return () => {
		for (const sign of SIGNS) window.removeEventListener(sign, onSign);
	};
}
