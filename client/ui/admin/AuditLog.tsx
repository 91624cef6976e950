// The audit log: what the chain says of itself, who did what with a filter, newest first, and the log as a file.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChainedRecord } from "#model/audit.ts";
import { isProblem } from "#model/problem.ts";
import { civilStamp, fieldTime } from "../../live/civil.ts";
import { type AuditQuestion, askAudit, askCheck, auditQuery } from "../../live/people.ts";
import { useMay } from "../live_context.ts";
import { refusalText } from "../sign/refusal.ts";

const NOTHING: AuditQuestion = { user: "", action: "", subject: "", from: null, to: null };
const COLUMNS = ["n", "at", "user", "action", "subject", "result", "detail", "source", "hash"] as const;

export function AuditLog(): ReactElement {
	const { t } = useTranslation();
	const mayExport = useMay("audit.export");
	const [question, setQuestion] = useState(NOTHING);
	const asked = useInfiniteQuery({
		queryKey: ["audit", question],
		queryFn: ({ signal, pageParam }) => askAudit(question, pageParam, signal),
		initialPageParam: null as number | null,
		getNextPageParam: (page) => (isProblem(page) ? null : page.next),
	});
	const pages = asked.data?.pages ?? [];
	const refusal = pages.find(isProblem) ?? null;
	const records = pages.flatMap((page) => (isProblem(page) ? [] : page.records));
	const query = auditQuery(question);
	return (
		<section className="admin-audit">
			<div className="admin-bar">
				<Filter onAsk={setQuestion} />
				{mayExport ? (
					<span className="admin-acts">
						<a className="button" href={`/api/audit/file?form=csv&${query}`} download>
							{t("people.audit.csv")}
						</a>
						<a className="button" href={`/api/audit/file?form=ndjson&${query}`} download>
							{t("people.audit.ndjson")}
						</a>
					</span>
				) : null}
			</div>
			<ChainState />
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{refusalText(t, refusal)}
				</p>
			)}
			<div className="admin-scroll">
				<table className="admin-table audit">
					<thead>
						<tr>
							{COLUMNS.map((column) => (
								<th key={column} scope="col">
									{t(`people.audit.${column}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{records.map((record) => (
							<Row key={record.n} record={record} />
						))}
					</tbody>
				</table>
				{records.length > 0 || refusal !== null ? null : (
					<p className="quiet">{t(asked.isPending ? "people.audit.loading" : "people.audit.none")}</p>
				)}
				{asked.hasNextPage ? (
					<button
						type="button"
						className="button"
						disabled={asked.isFetching}
						onClick={() => void asked.fetchNextPage().catch(reportError)}
					>
						{t("people.audit.older")}
					</button>
				) : null}
			</div>
		</section>
	);
}

function Row({ record }: { readonly record: ChainedRecord }): ReactElement {
	const { n, at, user, action, subject, result, detail, source, hash } = record;
	return (
		<tr data-audit={n}>
			<td className="figures">{n}</td>
			<td className="figures">{civilStamp(at)}</td>
			<td>{user}</td>
			<td>{action}</td>
			<td>{subject}</td>
			<td className={result === "ok" ? undefined : "admin-bad"}>{result}</td>
			<td title={detail}>
				<span className="admin-detail">{detail === "{}" ? "" : detail}</span>
			</td>
			<td className="figures">{source}</td>
			<td className="figures quiet" title={hash ?? ""}>
				{hash?.slice(-8) ?? ""}
			</td>
		</tr>
	);
}

function ChainState(): ReactElement {
	const { t } = useTranslation();
	const asked = useQuery({ queryKey: ["audit-check"], queryFn: ({ signal }) => askCheck(signal), staleTime: 60_000 });
	const verdict = asked.data;
	if (verdict === undefined) return <p className="quiet">{t("people.audit.checking")}</p>;
	if (isProblem(verdict)) return <p className="admin-bad">{refusalText(t, verdict)}</p>;
	if (verdict.ok) {
		const { chained, older, witnessed } = verdict;
		const key = older === 0 ? "whole" : "wholeOlder";
		return (
			<p data-chain="whole">
				{t(`people.audit.${key}`, { chained, older, witnessed })}{" "}
				<span className="quiet">{t("people.audit.tool")}</span>
			</p>
		);
	}
	const { n, upTo, flaw } = verdict;
	return (
		<p className="admin-bad" role="alert" data-chain="broken">
			{t(n === upTo ? "people.audit.broken" : "people.audit.brokenRange", { n, upTo })} ·{" "}
			{t(`people.audit.flaw.${flaw}`)}
		</p>
	);
}

function Filter({ onAsk }: { readonly onAsk: (question: AuditQuestion) => void }): ReactElement {
	const { t } = useTranslation();
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const data = new FormData(event.currentTarget);
		const text = (name: string): string => String(data.get(name) ?? "").trim();
		const time = (name: string): number | null => fieldTime(text(name));
		onAsk({ user: text("user"), action: text("action"), subject: text("subject"), from: time("from"), to: time("to") });
	};
	return (
		<form className="admin-filter" onSubmit={submit}>
			{(["user", "action", "subject"] as const).map((name) => (
				<label key={name}>
					<span>{t(`people.audit.${name}`)}</span>
					<input name={name} maxLength={80} autoComplete="off" />
				</label>
			))}
			{(["from", "to"] as const).map((name) => (
				<label key={name}>
					<span>{t(`people.audit.${name}`)}</span>
					<input name={name} type="datetime-local" />
				</label>
			))}
			<button type="submit" className="button">
				{t("people.audit.find")}
			</button>
		</form>
	);
}
