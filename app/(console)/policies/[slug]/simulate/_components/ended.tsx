import { Ban, TriangleAlert } from "lucide-react";

import { Banner } from "@/components/ui/banner";
import { formatCount } from "@/components/ui/format/number";
import type { SimulationView } from "@/lib/policies/simulation/views";

const FAULTS: Record<string, string> = {
  interrupted: "The worker was interrupted too often while it ran. Look at the worker's log, then run it again.",
  too_slow: "The database took too long. Look at fewer days or at one agent.",
  internal: "Something went wrong on our side. The worker's log has the reason; nothing was changed.",
};

/** Why a simulation has no result. */
export function Ended({ simulation: { state, fault, passed, total } }: { simulation: SimulationView }) {
  if (state === "cancelled") {
    return (
      <Banner icon={<Ban aria-hidden />} title="Cancelled">
        {total === 0
          ? "It had not begun."
          : `${formatCount(passed)} of ${formatCount(total)} decisions had been looked at.`}
      </Banner>
    );
  }
  if (state === "failed") {
    return (
      <Banner tone="deny" icon={<TriangleAlert aria-hidden />} title="It could not be finished">
        {FAULTS[fault ?? "internal"] ?? FAULTS.internal}
      </Banner>
    );
  }
  return null;
}
