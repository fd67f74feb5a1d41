import { DEFAULT_SETTINGS, type Settings, type SettingsInput } from "@/lib/tiers/settings";

/** The sections of the settings that say how far agents are trusted. */
export const AUTHORITY_SECTIONS = [
  "tiers",
  "reversibility",
  "evidence",
  "approvals",
  "reviewMinutes",
  "rollbackMinutes",
  "delegation",
  "autonomy",
  "budgets",
] as const satisfies readonly (keyof Settings & keyof SettingsInput)[];

export type AuthoritySettings = Pick<Settings, (typeof AUTHORITY_SECTIONS)[number]>;

/** Those sections of complete settings. */
export function authoritySettings(settings: Settings): AuthoritySettings {
  const { tiers, reversibility, evidence, approvals, reviewMinutes, rollbackMinutes } = settings;
  const { delegation, autonomy, budgets } = settings;
  return { tiers, reversibility, evidence, approvals, reviewMinutes, rollbackMinutes, delegation, autonomy, budgets };
}

/** What of them differs from the built-in ones, as it is stored: `settingsFrom` of it gives the same settings back. */
export function authorityDifferences(settings: AuthoritySettings): SettingsInput {
  const input: SettingsInput = {};
  const tiers = matrixDifferences(DEFAULT_SETTINGS.tiers, settings.tiers);
  if (tiers) input.tiers = tiers;
  const reversibility = matrixDifferences(DEFAULT_SETTINGS.reversibility, settings.reversibility);
  if (reversibility) input.reversibility = reversibility;
  const evidence = differences(DEFAULT_SETTINGS.evidence, settings.evidence);
  if (evidence) {
    const { kinds, ...floor } = evidence;
    input.evidence = kinds ? { ...floor, kinds: [...kinds] } : floor;
  }
  const approvals = approvalDifferences(settings.approvals);
  if (approvals) input.approvals = approvals;
  if (settings.reviewMinutes !== DEFAULT_SETTINGS.reviewMinutes) input.reviewMinutes = settings.reviewMinutes;
  if (settings.rollbackMinutes !== DEFAULT_SETTINGS.rollbackMinutes) input.rollbackMinutes = settings.rollbackMinutes;
  const delegation = differences(DEFAULT_SETTINGS.delegation, settings.delegation);
  if (delegation) input.delegation = delegation;
  const autonomy = differences(DEFAULT_SETTINGS.autonomy, settings.autonomy);
  if (autonomy) input.autonomy = autonomy;
  const budgets = differences(DEFAULT_SETTINGS.budgets, settings.budgets);
  if (budgets) input.budgets = budgets;
  return input;
}

function approvalDifferences(own: Settings["approvals"]): SettingsInput["approvals"] | null {
  const base = DEFAULT_SETTINGS.approvals;
  const flat = differences(base, own);
  if (!flat) return null;
  const {
    deadlineMinutes: _times,
    nextContactMinutes: _contacts,
    minimumSeconds: _seconds,
    rejectReasons,
    ...rest
  } = flat;
  const deadlineMinutes = differences(base.deadlineMinutes, own.deadlineMinutes);
  const nextContactMinutes = differences(base.nextContactMinutes, own.nextContactMinutes);
  const minimumSeconds = differences(base.minimumSeconds, own.minimumSeconds);
  return {
    ...rest,
    ...(rejectReasons && { rejectReasons: [...rejectReasons] }),
    ...(deadlineMinutes && { deadlineMinutes }),
    ...(nextContactMinutes && { nextContactMinutes }),
    ...(minimumSeconds && { minimumSeconds }),
  };
}

function matrixDifferences<R extends string, C extends string, V extends string>(
  base: Record<R, Record<C, V>>,
  own: Record<R, Record<C, V>>,
): Partial<Record<R, Partial<Record<C, V>>>> | null {
  const result: Partial<Record<R, Partial<Record<C, V>>>> = {};
  let differs = false;
  for (const row of Object.keys(base) as R[]) {
    const cells = differences(base[row], own[row]);
    if (!cells) continue;
    result[row] = cells;
    differs = true;
  }
  return differs ? result : null;
}

function differences<T extends object>(base: T, own: T): Partial<T> | null {
  const result: Partial<T> = {};
  let differs = false;
  for (const key of Object.keys(base) as (keyof T)[]) {
    if (JSON.stringify(base[key]) === JSON.stringify(own[key])) continue;
    result[key] = own[key];
    differs = true;
  }
  return differs ? result : null;
}
