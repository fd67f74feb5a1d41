import type { Channel, Choices, Pace, QuietHours } from "@/lib/notify/choices";
import { choiceIdOf, type NoticeKind } from "@/lib/notify/kinds";
import { afterQuiet, nextHour, nextMinuteOfDay } from "@/lib/notify/times";

/** How one person wants to be told, and how they can be. */
export interface Listener {
  choices: Choices;
  quiet: QuietHours | null;
  /** Minutes after midnight. */
  digestAt: number;
  /** IANA. */
  zone: string;
  /** Ways that lead to the person at all: a mail server is set up, a chat is connected. The list always does. */
  reachable: ReadonlySet<Channel>;
}

interface PlannedMessage {
  channel: Exclude<Channel, "app">;
  dueAt: Date;
  /** It waits: everything that is due by then goes into one message. */
  digest: boolean;
}

interface NoticePlan {
  inApp: boolean;
  messages: PlannedMessage[];
}

/**
 * Who gets what when, for one person. What is urgent comes at once by every chosen channel, in quiet hours too; the rest keeps to the pace
 * chosen and then to the end of quiet hours. What is urgent and reaches nobody by what they chose is shown in the list all the same.
 */
export function planNotice(notice: { kind: NoticeKind; urgent: boolean }, listener: Listener, now: Date): NoticePlan {
  const choice = listener.choices[choiceIdOf(notice.kind, notice.urgent)];
  const dueAt = notice.urgent ? now : dueFor(choice.pace, listener, now);
  const messages = choice.channels.flatMap((channel): PlannedMessage[] =>
    channel !== "app" && listener.reachable.has(channel)
      ? [{ channel, dueAt, digest: dueAt.getTime() > now.getTime() }]
      : [],
  );
  return { inApp: choice.channels.includes("app") || (notice.urgent && messages.length === 0), messages };
}

function dueFor(pace: Pace, { quiet, digestAt, zone }: Listener, now: Date): Date {
  switch (pace) {
    case "now":
      return afterQuiet(now, quiet, zone);
    case "hourly":
      return afterQuiet(nextHour(now, zone), quiet, zone);
    case "daily":
      return afterQuiet(nextMinuteOfDay(now, digestAt, zone), quiet, zone);
  }
}
