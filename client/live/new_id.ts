/** For commands and what a person draws. Works without a secure context: crypto.randomUUID is missing on plain http beyond localhost. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
