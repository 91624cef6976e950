// Sends one photo at a time and keeps why it was refused.
import { useCallback, useState } from "react";

export interface PhotoSender {
	readonly isBusy: boolean;
	/** A sentence for the person, or null. */
	readonly refusal: string | null;
	readonly send: (file: File) => void;
}

/** @param post answers null when the server has it, else why not. */
export function usePhoto(post: (file: File) => Promise<string | null>): PhotoSender {
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string | null>(null);
	const send = useCallback(
		(file: File) => {
			setBusy(true);
			setRefusal(null);
			post(file)
				.then(setRefusal)
				.catch(reportError)
				.finally(() => setBusy(false));
		},
		[post],
	);
	return { isBusy, refusal, send };
}
