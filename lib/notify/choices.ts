import { z } from "zod";

import { CHOICE_IDS, isUrgentChoice, type ChoiceId } from "@/lib/notify/kinds";

/** `app`: the bell and the list. `chat`: the person's own incoming webhook. */
export const CHANNELS = ["app", "email", "chat"] as const;
export type Channel = (typeof CHANNELS)[number];

/** At once, with the next full hour, or with the day's digest. What is urgent always comes at once. */
export const PACES = ["now", "hourly", "daily"] as const;
export type Pace = (typeof PACES)[number];

const choiceSchema = z.strictObject({
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  pace: z.enum(PACES),
});
export type Choice = z.infer<typeof choiceSchema>;
export type Choices = Readonly<Record<ChoiceId, Choice>>;

const stored = z.partialRecord(z.enum(CHOICE_IDS as [ChoiceId, ...ChoiceId[]]), choiceSchema);

const everywhere: Choice = { channels: ["app", "email", "chat"], pace: "now" };
const listAndMail: Choice = { channels: ["app", "email"], pace: "now" };
const listAndDigest: Choice = { channels: ["app", "email"], pace: "daily" };

const OWN_DEFAULTS: Partial<Record<ChoiceId, Choice>> = {
  "approval.asked": listAndMail,
  "approval.expired": { channels: ["app"], pace: "now" },
  "appeal.opened": listAndMail,
  "incident.opened": listAndMail,
  "envelope.nearly_used": listAndMail,
  "envelope.used_up": listAndMail,
};

export const defaultChoice = (id: ChoiceId): Choice =>
  isUrgentChoice(id) ? everywhere : (OWN_DEFAULTS[id] ?? listAndDigest);

/** The stored differences laid over the defaults; what an older or newer version wrote and this one cannot read counts as not chosen. */
export function choicesFrom(own: unknown): Choices {
  const parsed = stored.safeParse(own ?? {});
  const chosen: Partial<Record<ChoiceId, Choice>> = parsed.success ? parsed.data : {};
  return Object.fromEntries(CHOICE_IDS.map((id) => [id, chosen[id] ?? defaultChoice(id)])) as Record<ChoiceId, Choice>;
}

const minuteOfDay = z.int().min(0).max(1439);

/** Minutes after midnight, in the person's zone; `from` after `to` spans midnight. */
const quietSchema = z
  .strictObject({ from: minuteOfDay, to: minuteOfDay })
  .refine(({ from, to }) => from !== to, { error: "Quiet hours start and end at different times.", path: ["to"] });
export type QuietHours = z.infer<typeof quietSchema>;

export const saveChoicesInput = z.strictObject({
  choices: stored,
  quiet: quietSchema.nullable(),
  digestAt: minuteOfDay,
  secondaryId: z.uuid("Choose a person.").nullable(),
});

export const DEFAULT_DIGEST_AT = 8 * 60;

/** `07:30`; the form in which a browser's time field speaks. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Minutes after midnight of `07:30`; null for what is no time of day. */
export function minuteOf(clock: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
