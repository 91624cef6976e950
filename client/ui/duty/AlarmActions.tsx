// The forms behind 搁置 and 转派, in Ant Design, loaded when first opened. Each sends one command and closes; the alarm
// changes when its event returns.
import { ConfigProvider, Form, Input, Modal, Select, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { chosenTheme } from "../../style/theme.ts";
import { languageNow } from "../../text/text.ts";
import { useLive } from "../live_context.ts";

export type DeskAction = "shelve" | "assign";

interface AlarmActionsProps {
	readonly alarm: Alarm;
	readonly action: DeskAction;
	readonly onClose: () => void;
}

interface Answers {
	readonly note?: string;
	readonly minutes?: number;
	readonly to?: string;
}

/** Choices of a shelf, minutes; the model allows 8 hours at most. */
const SHELF_MINUTES = [10, 30, 60, 120, 240, 480] as const;

export function AlarmActions({ alarm, action, onClose }: AlarmActionsProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [form] = Form.useForm<Answers>();
	const send = (answers: Answers): void => {
		const note = answers.note?.trim();
		const body: Record<string, unknown> = note === undefined || note === "" ? {} : { note };
		// A second less than asked: the server counts from when it hears, and refuses more than 8 hours.
		if (action === "shelve") body.until = Math.round(live.now() + (answers.minutes ?? 30) * 60_000 - 1_000);
		if (action === "assign") body.to = answers.to?.trim() ?? null;
		live.commands.send(alarm, action, body).catch(reportError);
		onClose();
	};
	const style = getComputedStyle(document.documentElement);
	const token = {
		colorPrimary: style.getPropertyValue("--accent").trim(),
		colorBgElevated: style.getPropertyValue("--card").trim(),
		fontFamily: style.getPropertyValue("--sans").trim(),
		colorBgContainer: style.getPropertyValue("--ground").trim(),
		fontSize: 15,
		borderRadius: 4,
	};
	return (
		<ConfigProvider
			locale={languageNow() === "zh" ? zhCN : enUS}
			button={{ autoInsertSpace: false }}
			theme={{ algorithm: chosenTheme() === "day" ? theme.defaultAlgorithm : theme.darkAlgorithm, token }}
		>
			<Modal
				open
				title={`${t(`act.${action}`)}　${alarm.name}`}
				okText={t("act.send")}
				onOk={() => form.submit()}
				onCancel={onClose}
				destroyOnHidden
				width="28rem"
			>
				<Form form={form} layout="vertical" onFinish={send} initialValues={{ minutes: 30 }} requiredMark={false}>
					{action === "assign" ? (
						<Form.Item
							name="to"
							label={t("act.to")}
							rules={[{ required: true, whitespace: true, message: t("act.to") }]}
						>
							<Input maxLength={80} autoFocus />
						</Form.Item>
					) : null}
					{action === "shelve" ? (
						<Form.Item name="minutes" label={t("act.duration")}>
							<Select options={SHELF_MINUTES.map((count) => ({ value: count, label: t("act.minutes", { count }) }))} />
						</Form.Item>
					) : null}
					<Form.Item
						name="note"
						label={t("act.reason")}
						rules={action === "assign" ? [] : [{ required: true, whitespace: true, message: t("act.reasonNeeded") }]}
					>
						<Input.TextArea rows={3} maxLength={2000} autoFocus={action !== "assign"} />
					</Form.Item>
				</Form>
			</Modal>
		</ConfigProvider>
	);
}
