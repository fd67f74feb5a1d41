import type { Choices, QuietHours } from "@/lib/notify/choices";
import type { MessageKind, NoticeKind } from "@/lib/notify/kinds";
import type { WebhookKind } from "@/lib/notify/schemas";

/** One line of a person's list. */
export interface NotificationRow {
  id: string;
  kind: NoticeKind;
  urgent: boolean;
  subject: string;
  link: string;
  agent: string | null;
  risk: "low" | "medium" | "high" | "critical" | null;
  deadline: string | null;
  at: Date;
  read: boolean;
}

/** How a person is told, as their page of choices shows it. */
export interface ChoicesView {
  choices: Choices;
  quiet: QuietHours | null;
  digestAt: number;
  secondary: string | null;
  /** Whom they may choose as a secondary contact. */
  people: { value: string; label: string }[];
  chats: { id: string; shownUrl: string; pausedReason: string | null; paused: boolean; test: TestView | null }[];
  /** What came of the latest test of their e-mail. */
  emailTest: TestView | null;
  email: string;
  /** A mail server is set up. */
  mail: boolean;
  zone: string;
}

export interface WebhookRow {
  id: string;
  kind: WebhookKind;
  name: string;
  shownUrl: string;
  node: string;
  events: NoticeKind[];
  paused: boolean;
  pausedReason: string | null;
  failures: number;
  createdAt: Date;
  /** Deliveries of the last seven days. */
  sent: number;
  dead: number;
  waiting: number;
  lastAt: Date | null;
}

export type DeliveryState = "waiting" | "sent" | "dead" | "dropped";

/** One line of a webhook's delivery log. */
export interface DeliveryRow {
  id: string;
  kind: MessageKind;
  subject: string;
  link: string;
  state: DeliveryState;
  attempts: number;
  statusCode: number | null;
  durationMs: number | null;
  error: string | null;
  createdAt: Date;
  nextAt: Date | null;
  sentAt: Date | null;
  tries: { number: number; at: Date; durationMs: number; statusCode: number | null; error: string | null }[];
}

export interface WebhookDetail extends Omit<WebhookRow, "sent" | "dead" | "waiting" | "lastAt"> {
  previousUntil: Date | null;
  createdBy: string | null;
}

/** What came of a test message so far. */
export interface TestView {
  id: string;
  state: DeliveryState;
  attempts: number;
  statusCode: number | null;
  durationMs: number | null;
  error: string | null;
  createdAt: Date;
}
