// The demo's programs dial in like anybody, by HTTPS where the server has a certificate. One that `npm run cert` issued comes from an
// authority of this house, which Node does not know: it lies beside the certificate, and these programs trust it besides all others.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** Beside the certificates that it signed. */
export const AUTHORITY_FILE = "authority.crt";

/** Call once, before the first request. @param certificate file of the server's certificate; empty: it has none. */
export function trustOwnAuthority(certificate: string): void {
	const authority = join(dirname(certificate), AUTHORITY_FILE);
	if (certificate === "" || !existsSync(authority)) return;
	setDefaultCACertificates([...getCACertificates("default"), readFileSync(authority, "utf8")]);
}
