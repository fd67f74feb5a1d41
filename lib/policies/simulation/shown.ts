import type { SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { SimulationState } from "@/lib/policies/simulation/views";

/** Whether it waits or runs. */
export const isActive = (state: SimulationState): state is "queued" | "running" =>
  state === "queued" || state === "running";

interface Transition {
  from: SimulatedOutcome;
  to: SimulatedOutcome;
  count: number;
}

/** The transition whose decisions are shown until another is chosen. */
export const mostChanged = (transitions: readonly Transition[]): Transition | null =>
  transitions.filter((one) => one.from !== one.to).toSorted((a, b) => b.count - a.count)[0] ?? null;
