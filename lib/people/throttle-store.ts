import {
  afterAttempt,
  blockedUntil,
  withoutAttempt,
  type ThrottleLimits,
  type ThrottleState,
} from "@/lib/auth/throttle";
import type { Db } from "@/lib/db/client";

interface ThrottleKey {
  key: string;
  limits: ThrottleLimits;
}

type Admission =
  | { admitted: true; /** The block that this attempt brings should it fail. */ blocks: Date | null }
  | { admitted: false; until: Date };

/** So many writers of one key at one time are an attack, not a person. */
const TRIES = 8;

/**
 * Counts an attempt under every key, unless one is blocked. Kept in the database, so that blocks survive a restart and hold on every web process.
 * A conditional write per key (compare and set) makes attempts that run side by side count one after another.
 */
export async function admit(db: Db, keys: readonly ThrottleKey[], now: Date): Promise<Admission> {
  for (const { key } of keys) {
    const until = blockedUntil(await read(db, key), now);
    if (until) return { admitted: false, until };
  }
  let blocks: Date | null = null;
  for (const one of keys) {
    const counted = await step(db, one.key, now, (state) => afterAttempt(state, one.limits, now));
    if (!counted.written) return { admitted: false, until: counted.until };
    if (counted.state.blockedUntil && (!blocks || counted.state.blockedUntil > blocks))
      blocks = counted.state.blockedUntil;
  }
  return { admitted: true, blocks };
}

/** The attempt was right: the person's own key is forgotten, on a shared one it no longer counts. */
export async function forgive(db: Db, own: ThrottleKey, shared: readonly ThrottleKey[], now: Date): Promise<void> {
  await db.signInThrottle.deleteMany({ where: { key: own.key } });
  for (const one of shared) await step(db, one.key, now, (state) => state && withoutAttempt(state, one.limits), true);
}

/** Rows whose window is over say nothing any more. */
export async function sweepThrottle(db: Db, now: Date): Promise<number> {
  return (await db.signInThrottle.deleteMany({ where: { windowEndsAt: { lt: now } } })).count;
}

async function read(db: Db, key: string): Promise<ThrottleState | null> {
  return await db.signInThrottle.findUnique({
    where: { key },
    select: { failures: true, windowEndsAt: true, blockedUntil: true },
  });
}

type Step = { written: true; state: ThrottleState } | { written: false; until: Date };

async function step(
  db: Db,
  key: string,
  now: Date,
  next: (state: ThrottleState | null) => ThrottleState | null,
  evenWhenBlocked = false,
): Promise<Step> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await read(db, key);
    const until = blockedUntil(before, now);
    if (until && !evenWhenBlocked) return { written: false, until };
    const after = next(before);
    if (!after) return { written: false, until: now };
    const { count } = before
      ? await db.signInThrottle.updateMany({
          where: { key, failures: before.failures, windowEndsAt: before.windowEndsAt },
          data: after,
        })
      : await db.signInThrottle.createMany({ data: [{ key, ...after }], skipDuplicates: true });
    if (count === 1) return { written: true, state: after };
  }
  return { written: false, until: new Date(now.getTime() + 1_000) };
}
