import type { StreamHead } from "@/lib/audit/chain";
import type { Plan } from "@/lib/gate/evaluate";
import type { Waiting } from "@/lib/gate/asked";

/**
 * Batches whose connection was lost before their answer: their statements may still be running. Of those that begin at the same head at most one
 * is stored, or the next commit instead; one is stored only after the one that it follows.
 */
export class Doubtful {
  private plans: Plan<Waiting>[] = [];

  add(plan: Plan<Waiting>): void {
    this.plans.push(plan);
  }

  /** A later commit went through: none of these can any more. */
  clear(): void {
    if (this.plans.length > 0) this.plans = [];
  }

  /** Those that led to the stored head, in their order; they are in doubt no longer. */
  stored(head: StreamHead | null): Plan<Waiting>[] {
    const stored: Plan<Waiting>[] = [];
    for (let at = head; at && this.plans.length > 0; at = stored[0]?.head ?? null) {
      const end = at;
      const plan = this.plans.find(({ nextHead }) => same(nextHead, end));
      if (!plan) break;
      stored.unshift(plan);
      this.plans = this.plans.filter((one) => one !== plan);
    }
    return stored;
  }
}

const same = (a: StreamHead, b: StreamHead): boolean =>
  a.stream === b.stream && a.seq === b.seq && a.hash.equals(b.hash);
