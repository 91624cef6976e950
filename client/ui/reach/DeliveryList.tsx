// What became of the last messages to the outside, newest first, with every try.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { outletFaultText } from "#model/outlet_fault.ts";
import type { ReachView } from "#model/reach_view.ts";
import { clockText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";

type Shown = NonNullable<ReachView["deliveries"]>;

export function DeliveryList({ deliveries }: { readonly deliveries: Shown }): ReactElement {
	const { t } = useTranslation();
	return (
		<section className="reach-part" aria-labelledby="deliveries-title">
			<h3 id="deliveries-title">{t("reach.delivery.title")}</h3>
			{deliveries.length === 0 ? (
				<p className="quiet">{t("reach.delivery.none")}</p>
			) : (
				<table className="reach-table">
					<thead>
						<tr>
							{["at", "outlet", "tries", "state"].map((column) => (
								<th key={column} scope="col">
									{t(`reach.delivery.${column}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{deliveries.slice(0, 30).map(({ id, outlet, name, at, tries, state, isTest }) => {
							const fault = tries.at(-1)?.problem ?? null;
							return (
								<tr key={`${id} ${outlet}`} data-delivery={state}>
									<td className="figures">{clockText(at)}</td>
									<td>
										{name} {isTest ? <span className="tag">{t("reach.delivery.test")}</span> : null}
									</td>
									<td className="figures">{tries.length}</td>
									<td className={state === "sent" ? undefined : "reach-bad"}>
										{t(`reach.delivery.${state}`)}
										{fault === null || state === "sent" ? null : (
											<span className="quiet">　{outletFaultText(fault)[languageNow()]}</span>
										)}
									</td>
								</tr>
							);
						})}
					</tbody>
				</table>
			)}
		</section>
	);
}
