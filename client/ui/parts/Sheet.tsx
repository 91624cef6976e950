// A sheet of A4: on the screen a page on a desk under a bar, printed the page alone. Always by day: it is a paper. The page says what
// stands on it; while there is no answer, or a refusal, the sheet says that.
import { ArrowLeft, Printer } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { setTheme } from "../../style/theme.ts";
import { Guard } from "./Guard.tsx";
import { usePageTitle } from "./page_title.ts";
import { problemText } from "./problem_text.ts";
import "../../style/sheet.css";

interface SheetProps<T extends object> {
	/** Class of the page; its own style sheet places what stands on the paper. */
	readonly name: string;
	/** What the tab says, and the file that a printer makes. */
	readonly title: string;
	/** The heading of the paper. */
	readonly heading: string;
	readonly loading: string;
	readonly answer: T | Problem | undefined;
	/** In the bar, between the way back and the papers. */
	readonly choice?: ReactNode;
	/** In the bar, before the printer: the same paper as a file. */
	readonly files?: ReactNode;
	readonly children: (answer: T) => ReactNode;
}

export function Sheet<T extends object>(props: SheetProps<T>): ReactElement {
	const { name, title, heading, choice, files } = props;
	const { t } = useTranslation();
	usePageTitle(title);
	useLayoutEffect(() => setTheme("day"), []);
	useEffect(() => {
		document.body.classList.add("paged");
		return () => document.body.classList.remove("paged");
	}, []);
	return (
		<div className={`sheet-page ${name}`}>
			<nav className="sheet-bar" aria-label={heading}>
				<a className="button" href="/duty">
					<ArrowLeft size="1em" aria-hidden="true" />
					{t("sheet.back")}
				</a>
				{choice}
				<span className="sheet-group">
					{files}
					<button type="button" className="button primary" onClick={() => window.print()}>
						<Printer size="1em" aria-hidden="true" />
						{t("sheet.print")}
					</button>
				</span>
			</nav>
			<main className="sheet" aria-busy={props.answer === undefined}>
				<Guard name="sheet">
					<Paper {...props} />
				</Guard>
			</main>
		</div>
	);
}

function Paper<T extends object>({ answer, heading, loading, children }: SheetProps<T>): ReactElement {
	const { t } = useTranslation();
	if (answer !== undefined && !isProblem(answer)) return <>{children(answer)}</>;
	return (
		<>
			<h1>{heading}</h1>
			{answer === undefined ? (
				<p className="quiet">{loading}</p>
			) : (
				<p role="alert">
					{problemText(t, answer)}
					{answer.problem === "not-found" ? null : <span className="quiet"> {answer.detail}</span>}
				</p>
			)}
		</>
	);
}

/** What stands over a sheet: its name at the left, what it is of at the right. */
export function SheetHead({ children }: { readonly children: ReactNode }): ReactElement {
	return <header className="sheet-head">{children}</header>;
}
