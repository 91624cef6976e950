// One mail by SMTP (RFC 5321) over a connection that target.ts allowed; nodemailer speaks the protocol on it and opens none of
// its own. smtps: TLS from the start; smtp: STARTTLS (RFC 3207) whenever the server offers it.
import { once } from "node:events";
import { createTransport } from "nodemailer";
import type { Allowed } from "#model/allowed.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { connectionProblem, DEADLINE_MS, type Network, targetOf, tlsOptions } from "./target.ts";

export interface Mail {
	/** smtp://host:port or smtps://host:port */
	readonly url: string;
	readonly user: string;
	readonly password: string;
	readonly from: string;
	readonly to: readonly string[];
	readonly subject: string;
	readonly text: string;
	/** PEM: trusted instead of the usual authorities. */
	readonly ca?: string;
}

/** @returns null when the server took it for every recipient, or Problem: the target's, a connection's, "slow", "refused". */
export async function sendMail(mail: Mail, allowed: readonly Allowed[], network: Network): Promise<Problem | null> {
	const target = await targetOf(mail.url, ["smtp:", "smtps:"], allowed, network);
	if (isProblem(target)) return target;
	const socket = network.connect(target, mail.ca);
	let isLate = false;
	// A mail takes several turns; each is short. Twice the deadline of one request bounds all of them.
	const timer = setTimeout(() => {
		isLate = true;
		socket.destroy();
	}, 2 * DEADLINE_MS);
	try {
		await once(socket, target.isTls ? "secureConnect" : "connect");
		const transport = createTransport({
			connection: socket,
			host: target.host,
			port: target.port,
			// Over a socket handed in, `secure` only says that TLS stands already.
			secure: target.isTls,
			secured: target.isTls,
			// A password never goes over a line that anybody reads.
			requireTLS: mail.user !== "" && !target.isTls,
			tls: tlsOptions(target.host, mail.ca),
			greetingTimeout: DEADLINE_MS,
			socketTimeout: DEADLINE_MS,
			...(mail.user === "" ? {} : { auth: { user: mail.user, pass: mail.password } }),
			// A message names no file and no address to fetch from.
			disableFileAccess: true,
			disableUrlAccess: true,
		});
		const { from, subject, text } = mail;
		const told = await transport.sendMail({ from, to: [...mail.to], subject, text });
		return told.rejected.length === 0 ? null : problem("refused", `${told.rejected.length} recipients were refused`);
	} catch (error) {
		if (isLate) return problem("slow", "the mail server took too long");
		const code = (error as { responseCode?: unknown }).responseCode;
		return typeof code === "number"
			? problem("refused", `SMTP ${code}`)
			: connectionProblem(error as Error, target.host);
	} finally {
		clearTimeout(timer);
		socket.destroy();
	}
}
