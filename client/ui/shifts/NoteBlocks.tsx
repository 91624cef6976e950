// The body of a document as the page shows it: headings, sentences, facts, tables, small print. Its words are a record and stand as they
// were made.
import type { ReactElement } from "react";
import type { Block } from "#model/document.ts";

export function NoteBlocks({ blocks }: { readonly blocks: readonly Block[] }): ReactElement {
	return (
		<div className="note-blocks" lang="zh-CN">
			{blocks.map((block, n) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a document's blocks have no other name and never move
				<One key={n} block={block} />
			))}
		</div>
	);
}

function One({ block }: { readonly block: Block }): ReactElement {
	switch (block.type) {
		case "heading":
			return <h4>{block.text}</h4>;
		case "text":
			return <p>{block.text}</p>;
		case "note":
			return <p className="quiet">{block.text}</p>;
		case "facts":
			return (
				<dl>
					{block.rows.map(([label, value]) => (
						<div key={label}>
							<dt>{label}</dt>
							<dd>{value}</dd>
						</div>
					))}
				</dl>
			);
		case "table":
			return <Rows block={block} />;
	}
}

function Rows({ block }: { readonly block: Extract<Block, { readonly type: "table" }> }): ReactElement {
	const sum = block.widths.reduce((total, share) => total + share, 0);
	return (
		<table>
			{block.caption === null ? null : <caption>{block.caption}</caption>}
			<thead>
				<tr>
					{block.head.map((name, n) => (
						<th key={name} scope="col" style={{ width: `${((block.widths[n] ?? 1) / sum) * 100}%` }}>
							{name}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{block.rows.map((row, n) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: rows of a record never move
					<tr key={n}>
						{row.map((value, column) => (
							<td key={block.head[column] ?? column}>{value}</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
