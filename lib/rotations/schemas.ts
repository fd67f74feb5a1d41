import { z } from "zod";

import { label, slug } from "@/lib/agents/schemas";
import { timeZoneSchema } from "@/lib/kernel/zone";
import { SHIFT_UNITS } from "@/lib/rotations/on-call";

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** `09:30` */
export const clockSchema = z.string().regex(CLOCK, "must be a time such as 09:00");
/** Minutes after midnight. */
export const minuteOfClock = (clock: string): number => {
  const [, hours, minutes] = CLOCK.exec(clock) ?? [];
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
};
export const clockOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** `2026-11-23`, a day that the calendar has. */
export const daySchema = z.iso.date("must be a day such as 2026-11-23");

const shiftLength = z.int().min(1, "must be at least 1").max(1_000, "must be at most 1000");
export const MEMBERS_MAX = 50;

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;
const id = z.uuid("must be an id");

/** All of a rotation but its slug, which rules name and which therefore stays. */
const fields = {
  name: label,
  nodeId: id,
  memberIds: z
    .array(id)
    .min(1, "needs somebody")
    .max(MEMBERS_MAX, `must have at most ${MEMBERS_MAX} people`)
    .refine(distinct, "names somebody twice"),
  shiftLength,
  shiftUnit: z.enum(SHIFT_UNITS),
  /** When turns change, on clocks in `zone`. */
  handover: clockSchema,
  zone: timeZoneSchema,
  /** The day on which the first member's first turn begins. */
  startsOn: daySchema,
};

export const createRotationInput = z.strictObject({ slug, ...fields });
export const updateRotationInput = z.strictObject({ id, ...fields });
export const rotationInput = z.strictObject({ id });

export type RotationFields = Omit<z.output<typeof updateRotationInput>, "id">;

const instant = z.iso.datetime({ offset: true, message: "must be a time" });

/** Another member stands in for whoever would be on call. */
export const swapInput = z.strictObject({ rotationId: id, personId: id, startsAt: instant, endsAt: instant });
export const unswapInput = z.strictObject({ overrideId: id });
