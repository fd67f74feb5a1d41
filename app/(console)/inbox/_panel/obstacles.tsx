import { Gauge, PauseCircle, Wallet } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Time } from "@/components/ui/time";
import type { Obstacle } from "@/lib/approvals/views";

/** What would stop the agent at this moment, also with an approval in hand. */
export function Obstacles({ obstacles }: { obstacles: readonly Obstacle[] }) {
  return obstacles.map((obstacle, index) => {
    const { icon, title, text } = said(obstacle);
    return (
      // A request may have no room in several envelopes.
      <Banner key={`${obstacle.kind} ${index}`} tone="escalate" icon={icon} title={title}>
        <p>{text}</p>
      </Banner>
    );
  });
}

const STILL = "An approval would not let it go ahead.";
const STOPPED = <PauseCircle aria-hidden />;
const because = (reason: string | null): string => (reason === null ? STILL : `“${reason}” ${STILL}`);

function said(obstacle: Obstacle): { icon: ReactNode; title: string; text: ReactNode } {
  switch (obstacle.kind) {
    case "everything_halted":
      return { icon: STOPPED, title: "All agents are halted", text: because(obstacle.reason) };
    case "subtree_suspended":
      return { icon: STOPPED, title: `${obstacle.name} is suspended`, text: STILL };
    case "agent_suspended":
      return {
        icon: STOPPED,
        title: "The agent has been suspended meanwhile",
        text: because(obstacle.reason),
      };
    case "agent_retired":
      return { icon: STOPPED, title: "The agent has been retired meanwhile", text: STILL };
    case "run_ended":
      return { icon: STOPPED, title: "The run that asked has ended", text: `It ended as ${obstacle.status}. ${STILL}` };
    case "envelope_used":
      return {
        icon: <Wallet aria-hidden />,
        title: "An envelope has no room for it now",
        text: (
          <>
            {obstacle.words} Approved, it is still denied{" "}
            {obstacle.until === null ? (
              "until the envelope is raised."
            ) : (
              <>
                until <Time value={obstacle.until} format="minute" />, or until the envelope is raised.
              </>
            )}
          </>
        ),
      };
    case "rate_reached":
      return {
        icon: <Gauge aria-hidden />,
        title: "It asks as often as it may",
        text: (
          <>
            Its limit is {obstacle.limit}. Approved, it is still denied until{" "}
            <Time value={obstacle.until} format="minute" />.
          </>
        ),
      };
  }
}
