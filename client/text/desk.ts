// Words of the desk's rooms and of its alarm list: filters, groups, acts, what is put aside, maintenance windows.
export const desk = {
	zh: {
		rooms: {
			title: "值班台",
			alarms: "报警",
			incidents: "事件",
			contacts: "通讯录",
			shifts: "班次",
			morning: "早报",
			figures: "指标",
			reach: "外呼",
			people: "人员",
			keys: "按 g 再按数字 {{number}}",
		},
		toAlarms: "去报警列表看{{level}}报警",
	},
	en: {
		rooms: {
			title: "Duty desk",
			alarms: "Alarms",
			incidents: "Incidents",
			contacts: "Contacts",
			shifts: "Shifts",
			morning: "Morning brief",
			figures: "Figures",
			reach: "Call-out",
			people: "People",
			keys: "press g, then {{number}}",
		},
		toAlarms: "To the {{level}} alarms",
	},
};
