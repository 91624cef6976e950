// Is a person writing? Then the keys of lists and rooms are letters of a sentence and nothing else.

export function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
	return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type);
}
