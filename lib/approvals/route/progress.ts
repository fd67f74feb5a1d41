import { namedBy, reachedBy, type Contact, type Directory, type MayDecide } from "@/lib/approvals/route/contacts";
import type { RouteStep } from "@/lib/approvals/route/plan";
import { awayAt, nextChange } from "@/lib/people/away";
import { turnsFrom } from "@/lib/rotations/on-call";

/** An approval that waits, as far as its route depends on it. */
export interface Waiting {
  requestedAt: Date;
  deadline: Date;
  risk: "low" | "medium" | "high";
  /** Who may decide. */
  approverIds: readonly string[];
  excludedIds: readonly string[];
  quorum: number;
  /** Who has been asked so far. */
  askedIds: readonly string[];
  steps: readonly RouteStep[];
}

/** What is known of people now. */
export interface Around {
  directory: Directory;
  /** For the approval's agent, now. */
  mayDecide: MayDecide;
  /** Whom a person has chosen to be asked when they do not react; unknown where a decision is made. */
  secondaryOf?: (personId: string) => string | null;
}

export interface Progress {
  /** Each with the time at which it was taken. */
  steps: RouteStep[];
  /** The last that was taken. */
  step: number;
  askedIds: string[];
  approverIds: string[];
  /** When to look again: the next contact, a handover, somebody who goes or comes back; null: nothing changes before the deadline. */
  nextAt: Date | null;
}

const MINUTE_MS = 60_000;

/** When a reminder is due: half an hour before the deadline, or when a quarter of a shorter time is left. */
export function remindAt({ requestedAt, deadline }: Pick<Waiting, "requestedAt" | "deadline">): Date {
  const whole = deadline.getTime() - requestedAt.getTime();
  return new Date(deadline.getTime() - Math.min(30 * MINUTE_MS, whole / 4));
}

/** When people's own secondary contacts are asked: for high risk after a quarter of an hour, or a third of a shorter time; else half-way between reminder and deadline. */
export function secondaryAt(waiting: Pick<Waiting, "requestedAt" | "deadline" | "risk">): Date {
  const { requestedAt, deadline, risk } = waiting;
  const whole = deadline.getTime() - requestedAt.getTime();
  if (risk === "high") return new Date(requestedAt.getTime() + Math.min(15 * MINUTE_MS, whole / 3));
  const reminder = remindAt(waiting).getTime();
  return new Date(reminder + (deadline.getTime() - reminder) / 2);
}

/**
 * Who is asked now, and when to look again. A step is taken when its time has come, and at once while fewer people are reached than must
 * agree; steps missed while nobody looked are taken together. When the route reaches too few, whoever else may decide is asked, those
 * who are there first: an only approver who is away stays asked, and nobody else may decide instead. Nobody is asked who may not decide or
 * is excluded (invariant I3). Asking again at the same instant changes nothing.
 */
export function proceed(waiting: Waiting, around: Around, now: Date): Progress {
  const { directory, secondaryOf } = around;
  const excluded = new Set(waiting.excludedIds);
  const mayDecide: MayDecide = (id) => !excluded.has(id) && around.mayDecide(id);
  const reach = (step: RouteStep): string[] => step.to.flatMap((one) => reachedBy(one, directory, now, mayDecide));

  const steps = [...waiting.steps];
  const reached = new Set<string>();
  let [taken, lastMs] = [0, waiting.requestedAt.getTime()];
  for (const [index, step] of steps.entries()) {
    const dueMs = lastMs + step.afterMs;
    if (step.at === undefined && dueMs > now.getTime() && reached.size >= waiting.quorum) break;
    const at = step.at ?? new Date(Math.min(dueMs, now.getTime()));
    steps[index] = { ...step, at };
    [taken, lastMs] = [index + 1, at.getTime()];
    for (const id of reach(step)) reached.add(id);
  }

  const pool = waiting.approverIds.filter(mayDecide);
  if (secondaryOf && now >= secondaryAt(waiting)) {
    const secondaries = waiting.askedIds.map(secondaryOf).filter((id) => id !== null && pool.includes(id));
    for (const id of secondaries) if (id !== null && isThere(id, directory, now)) reached.add(id);
  }
  for (const anyhow of [false, true]) {
    for (const id of pool) {
      if (reached.size >= waiting.quorum) break;
      if (anyhow || isThere(id, directory, now)) reached.add(id);
    }
  }

  const next = steps[taken];
  const changes = steps.slice(0, taken).flatMap((step) => step.to.flatMap((one) => changesOf(one, directory, now)));
  const times = [...changes, secondaryAt(waiting).getTime(), next ? lastMs + next.afterMs : Number.NaN];
  const nextMs = Math.min(...times.filter((ms) => ms > now.getTime() && ms < waiting.deadline.getTime()));
  return {
    steps,
    step: Math.max(0, taken - 1),
    askedIds: [...new Set([...waiting.askedIds.filter(mayDecide), ...reached])],
    approverIds: [...new Set([...waiting.approverIds, ...reached])],
    nextAt: Number.isFinite(nextMs) ? new Date(nextMs) : null,
  };
}

const isThere = (id: string, { away }: Directory, now: Date): boolean => awayAt(away.get(id) ?? [], now) === null;

/** When whom a contact reaches may change, in milliseconds. */
function changesOf(contact: Contact, directory: Directory, now: Date): number[] {
  const people = namedBy(contact, directory, now);
  // A set grows while it is gone through: delegates of delegates as well.
  const concerned = new Set(people);
  for (const id of concerned) {
    const delegate = awayAt(directory.away.get(id) ?? [], now)?.delegateId;
    if (delegate) concerned.add(delegate);
  }
  const absences = [...concerned].flatMap((id) => nextChange(directory.away.get(id) ?? [], now)?.getTime() ?? []);
  const rotation = "rotation" in contact ? directory.rotations.get(contact.rotation) : undefined;
  const handovers = (rotation ? turnsFrom(rotation, now, 1) : []).flatMap((turn) => [
    turn.startsAt.getTime(),
    turn.endsAt.getTime(),
  ]);
  return [...absences, ...handovers];
}
