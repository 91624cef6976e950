// A native dialog that stands as soon as it is drawn: it traps the focus, closes with Escape and needs no library.
import { type RefObject, useEffect, useRef } from "react";

export function useModal(): RefObject<HTMLDialogElement | null> {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => dialog.current?.showModal(), []);
	return dialog;
}
