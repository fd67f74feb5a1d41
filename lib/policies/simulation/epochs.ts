import type { PolicyRow } from "@/lib/decisions/rows";

/** A published version, without its rules. */
interface PublishedVersion {
  policy: string;
  version: number;
  at: Date;
}

/** Which versions were in force, from a moment until the next epoch. */
export interface Epoch {
  sinceMs: number;
  versions: readonly { policy: string; version: number }[];
}

/**
 * The times between publications and retirements. A policy that was retired and published again counts as in force throughout:
 * the store keeps its last retirement only.
 */
export function epochsOf(
  published: readonly PublishedVersion[],
  retired: readonly { policy: string; at: Date }[],
  from: Date,
): Epoch[] {
  const inForce = new Map<string, number>();
  const changes = [
    ...published.map(({ policy, version, at }) => ({ atMs: at.getTime(), policy, version })),
    ...retired.map(({ policy, at }) => ({ atMs: at.getTime(), policy, version: null })),
  ].toSorted((a, b) => a.atMs - b.atMs || (a.version ?? Infinity) - (b.version ?? Infinity));
  const fromMs = from.getTime();
  let current: Epoch = { sinceMs: -Infinity, versions: [] };
  const epochs: Epoch[] = [];
  for (const { atMs, policy, version } of changes) {
    if (version === null) inForce.delete(policy);
    else inForce.set(policy, version);
    if (atMs > Math.max(fromMs, current.sinceMs)) epochs.push(current);
    current = { sinceMs: atMs, versions: listOf(inForce) };
  }
  return [...epochs, current];
}

const listOf = (inForce: ReadonlyMap<string, number>): Epoch["versions"] =>
  [...inForce].map(([policy, version]) => ({ policy, version })).toSorted((a, b) => (a.policy < b.policy ? -1 : 1));

/** The epoch of a moment. */
export function epochAt(epochs: readonly Epoch[], atMs: number): Epoch {
  let [low, high] = [0, epochs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((epochs[middle]?.sinceMs ?? Infinity) <= atMs) low = middle;
    else high = middle - 1;
  }
  return epochs[low] ?? { sinceMs: -Infinity, versions: [] };
}

/** Whether these are the rules of the epoch. */
export const isInForce = (policies: readonly PolicyRow[], epoch: Epoch): boolean =>
  policies.length === epoch.versions.length &&
  epoch.versions.every(({ policy, version }) => policies.some((one) => one.id === policy && one.version === version));
