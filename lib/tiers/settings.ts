import { z } from "zod";

import { budgetSettings, DEFAULT_BUDGETS, rates, UNLIMITED, type BudgetSettings } from "@/lib/budgets/schemas";
import { failureModesSchema, type FailureModesInput } from "@/lib/incidents/failure-settings";
import { timeZoneSchema } from "@/lib/kernel/zone";

import { DEFAULT_DECIDING, decidingFields, type DecidingSettings } from "@/lib/tiers/approval-settings";
import { criteriaSchema, DEFAULT_CRITERIA, type AutonomyCriteria } from "@/lib/tiers/criteria";
import {
  CARE_EFFECTS,
  DEFAULT_REVERSIBILITY,
  DEFAULT_TIERS,
  IMPACTS,
  KINDS,
  REVERSIBILITIES,
  TIERS,
  TIER_EFFECTS,
} from "@/lib/tiers/matrices";

const MINUTES_A_MONTH = 60 * 24 * 31;
const minutes = z.int().min(1).max(MINUTES_A_MONTH);

const tierRow = z.partialRecord(z.enum(KINDS), z.enum(TIER_EFFECTS));
const careRow = z.partialRecord(z.enum(IMPACTS), z.enum(CARE_EFFECTS));

/** What `configuration.settings` holds: only what differs from the defaults. */
export const settingsSchema = z.strictObject({
  tiers: z.partialRecord(z.enum(TIERS), tierRow).optional(),
  reversibility: z.partialRecord(z.enum(REVERSIBILITIES), careRow).optional(),
  evidence: z
    .strictObject({
      /** A stated confidence below it asks a person; 0 asks nobody. */
      confidenceFloor: z.number().min(0).max(1),
      /** Kinds of action that the floor is about. */
      kinds: z.array(z.enum(KINDS)),
    })
    .partial()
    .optional(),
  approvals: z
    .strictObject({
      /** How long a person has, by the risk of the action, where no rule says so. */
      deadlineMinutes: z.partialRecord(z.enum(IMPACTS), minutes),
      /** When the next person above is asked, by the risk of the action, where no rule says whom to ask; never later than a third of the time. */
      nextContactMinutes: z.partialRecord(z.enum(IMPACTS), minutes),
      /** How long an approved one can be redeemed. */
      validMinutes: minutes,
      ...decidingFields,
    })
    .partial()
    .optional(),
  /** How long the reviewer of an allowed action has. */
  reviewMinutes: minutes.optional(),
  /** How long a rollback has to be carried out before it has failed. */
  rollbackMinutes: minutes.optional(),
  /** What the record of an agent must show before Remit suggests to trust it with the next tier; people may ask, and decide, beside it. */
  autonomy: criteriaSchema.partial().optional(),
  delegation: z
    .strictObject({ maxDepth: z.int().min(0).max(64) })
    .partial()
    .optional(),
  policies: z
    .strictObject({
      /** A draft is put in force by somebody else than those who wrote it. A manifest, which the operator applies, is not held to it. */
      secondPerson: z.boolean(),
    })
    .partial()
    .optional(),
  notifications: z
    .strictObject({
      /** E-mail, chat and webhooks also say what an action is about, which may be somebody's personal data. */
      details: z.boolean(),
    })
    .partial()
    .optional(),
  /** How Remit reacts when work fails. */
  failures: failureModesSchema.optional(),
  /** How often may be asked, where an agent's own limits do not say: `60/m`, `1000/h`, `unlimited`. */
  rates: rates.optional(),
  /** How envelopes are handled. */
  budgets: budgetSettings.optional(),
  /** IANA name; conditions read it as `organisation.timeZone`. */
  timeZone: timeZoneSchema.optional(),
});
export type SettingsInput = z.infer<typeof settingsSchema>;

/** The settings in force, complete. */
export interface Settings {
  tiers: typeof DEFAULT_TIERS;
  reversibility: typeof DEFAULT_REVERSIBILITY;
  evidence: { confidenceFloor: number; kinds: readonly (typeof KINDS)[number][] };
  approvals: {
    deadlineMinutes: Record<(typeof IMPACTS)[number], number>;
    nextContactMinutes: Record<(typeof IMPACTS)[number], number>;
    validMinutes: number;
  } & DecidingSettings;
  reviewMinutes: number;
  rollbackMinutes: number;
  autonomy: AutonomyCriteria;
  delegation: { maxDepth: number };
  /** What differs from the defaults: see failureModesFor. */
  failures: FailureModesInput;
  notifications: { details: boolean };
  policies: { secondPerson: boolean };
  rates: { run: string; agent: string };
  budgets: BudgetSettings;
  timeZone: string;
}

export const DEFAULT_SETTINGS: Settings = {
  tiers: DEFAULT_TIERS,
  reversibility: DEFAULT_REVERSIBILITY,
  evidence: { confidenceFloor: 0.6, kinds: ["propose", "execute"] },
  approvals: {
    deadlineMinutes: { low: 8 * 60, medium: 4 * 60, high: 60 },
    nextContactMinutes: { low: 120, medium: 60, high: 15 },
    validMinutes: 60,
    ...DEFAULT_DECIDING,
  },
  reviewMinutes: 24 * 60,
  // Whoever ordered one must learn soon that it was not done.
  rollbackMinutes: 60,
  autonomy: DEFAULT_CRITERIA,
  delegation: { maxDepth: 8 },
  failures: {},
  notifications: { details: false },
  policies: { secondPerson: false },
  // Two loops a millisecond apart are a runaway, not work. What an agent may do in all depends on how many runs it has: its owner says.
  rates: { run: "6000/m", agent: UNLIMITED },
  budgets: DEFAULT_BUDGETS,
  timeZone: "UTC",
};

/** The defaults with the stored differences laid over them. `fault` names what does not parse: then nothing is allowed. */
export function settingsFrom(stored: unknown): { settings: Settings; fault: string | null } {
  const parsed = settingsSchema.safeParse(stored ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { settings: DEFAULT_SETTINGS, fault: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}` };
  }
  const own = parsed.data;
  const settings: Settings = {
    tiers: overlay(DEFAULT_TIERS, own.tiers),
    reversibility: overlay(DEFAULT_REVERSIBILITY, own.reversibility),
    evidence: { ...DEFAULT_SETTINGS.evidence, ...own.evidence },
    approvals: {
      deadlineMinutes: { ...DEFAULT_SETTINGS.approvals.deadlineMinutes, ...own.approvals?.deadlineMinutes },
      nextContactMinutes: { ...DEFAULT_SETTINGS.approvals.nextContactMinutes, ...own.approvals?.nextContactMinutes },
      validMinutes: own.approvals?.validMinutes ?? DEFAULT_SETTINGS.approvals.validMinutes,
      undoSeconds: own.approvals?.undoSeconds ?? DEFAULT_DECIDING.undoSeconds,
      minimumSeconds: { ...DEFAULT_DECIDING.minimumSeconds, ...own.approvals?.minimumSeconds },
      rejectReasons: own.approvals?.rejectReasons ?? DEFAULT_DECIDING.rejectReasons,
    },
    reviewMinutes: own.reviewMinutes ?? DEFAULT_SETTINGS.reviewMinutes,
    rollbackMinutes: own.rollbackMinutes ?? DEFAULT_SETTINGS.rollbackMinutes,
    autonomy: { ...DEFAULT_SETTINGS.autonomy, ...own.autonomy },
    delegation: { ...DEFAULT_SETTINGS.delegation, ...own.delegation },
    failures: own.failures ?? DEFAULT_SETTINGS.failures,
    notifications: { ...DEFAULT_SETTINGS.notifications, ...own.notifications },
    policies: { ...DEFAULT_SETTINGS.policies, ...own.policies },
    rates: { ...DEFAULT_SETTINGS.rates, ...own.rates },
    budgets: {
      windDownAt: own.budgets?.windDownAt ?? DEFAULT_BUDGETS.windDownAt,
      estimates: own.budgets?.estimates ?? DEFAULT_BUDGETS.estimates,
    },
    timeZone: own.timeZone ?? DEFAULT_SETTINGS.timeZone,
  };
  return { settings, fault: null };
}

function overlay<R extends string, C extends string, V>(
  base: Record<R, Record<C, V>>,
  own: Partial<Record<R, Partial<Record<C, V>>>> | undefined,
): Record<R, Record<C, V>> {
  const result = { ...base };
  for (const row of Object.keys(base) as R[]) result[row] = { ...base[row], ...own?.[row] };
  return result;
}
