// Words of incidents long over: the list by day, and what stands over one of the archive. {{name}} is filled in.
export const incidentPast = {
	zh: {
		title: "往期",
		from: "结束日期从",
		to: "到",
		ask: "查询",
		note: "结束满 {{days}} 天的事件归档，随时可查",
		none: "这段时间没有归档事件",
		more: "更多",
		damaged: "{{count}} 条记录校验不符，未列出",
		stands: "已于 {{at}} 归档：可查看、打印；需要处置时请重新打开",
	},
	en: {
		title: "Past",
		from: "Ended from",
		to: "to",
		ask: "Find",
		note: "Incidents are archived {{days}} days after they ended, and stay findable",
		none: "No archived incident in this time",
		more: "More",
		damaged: "{{count}} records do not match their checksum and are left out",
		stands: "Archived on {{at}}: read and print; open it again to work on it",
	},
};
