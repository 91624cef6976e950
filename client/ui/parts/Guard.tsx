// An error boundary per panel: a fault in one may not take the map or the alarm list with it. It says so and offers to begin
// anew.
import { Component, type ErrorInfo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface GuardProps {
	readonly name: string;
	readonly children: ReactNode;
}

export class Guard extends Component<GuardProps, { readonly fault: Error | null }> {
	override state: { readonly fault: Error | null } = { fault: null };

	static getDerivedStateFromError(fault: Error): { fault: Error } {
		return { fault };
	}

	override componentDidCatch(fault: Error, info: ErrorInfo): void {
		reportError(new Error(`panel ${this.props.name}: ${fault.message}${info.componentStack ?? ""}`, { cause: fault }));
	}

	override render(): ReactNode {
		const { fault } = this.state;
		if (fault === null) return this.props.children;
		return <Broken onAgain={() => this.setState({ fault: null })} detail={fault.message} />;
	}
}

function Broken({ onAgain, detail }: { readonly onAgain: () => void; readonly detail: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="notice-block" role="alert">
			<p>{t("panel.failed")}</p>
			<p className="quiet">{detail}</p>
			<button type="button" className="button" onClick={onAgain}>
				{t("panel.reload")}
			</button>
		</div>
	);
}
