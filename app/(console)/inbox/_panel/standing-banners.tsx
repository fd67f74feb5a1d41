import { Ban, CircleCheck, CircleSlash, CircleX, Info, TimerOff, Users } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Time } from "@/components/ui/time";
import type { ApprovalView } from "@/lib/inbox/panel";
import { Obstacles } from "./obstacles";
import { whyNotDecide } from "./why-not";

interface StandingBannersProps {
  approval: ApprovalView;
  viewer: { id: string; name: string };
  /** The viewer's approval is one of those that it needs. */
  voted: boolean;
}

/** What became of it, why the viewer cannot decide it, and what would stop the agent all the same. */
export function StandingBanners({ approval, viewer, voted }: StandingBannersProps) {
  return (
    // Spoken when somebody else decides while one reads.
    <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
      <Outcome approval={approval} viewer={viewer} />
      {approval.state === "pending" && <NotYours approval={approval} viewerId={viewer.id} voted={voted} />}
      <Obstacles obstacles={approval.obstacles} />
    </div>
  );
}

function Outcome({ approval, viewer }: Pick<StandingBannersProps, "approval" | "viewer">) {
  const by = approval.decidedBy?.id === viewer.id ? "you" : (approval.decidedBy?.name ?? "a person");
  switch (approval.state) {
    case "pending":
      return null;
    case "approved":
      return (
        <Banner
          tone="allow"
          icon={<CircleCheck aria-hidden />}
          title={<Sentence verb="Approved" by={by} at={approval.decidedAt} />}
        >
          <Comment text={approval.comment} />
          <p>
            <Use approval={approval} />
          </p>
        </Banner>
      );
    case "rejected":
      return (
        <Banner
          tone="deny"
          icon={<CircleX aria-hidden />}
          title={<Sentence verb="Rejected" by={by} at={approval.decidedAt} />}
        >
          <Comment text={approval.comment} />
          {approval.releaseAt !== null && <NotReleased at={approval.releaseAt} />}
        </Banner>
      );
    case "expired":
      return (
        <Banner icon={<TimerOff aria-hidden />} title="Expired">
          <p>
            Nobody decided by <Time value={approval.deadline} format="second" />, so nothing was allowed.
          </p>
        </Banner>
      );
    case "cancelled":
      return (
        <Banner icon={<CircleSlash aria-hidden />} title="Cancelled">
          <p>{approval.comment ?? "It is no longer needed: the run that asked has ended."}</p>
        </Banner>
      );
  }
}

/** What became of an approval that was given. */
function Use({ approval: { releaseAt, redeemedAt, validUntil, requestedAt } }: { approval: ApprovalView }) {
  if (releaseAt !== null) return <NotReleased at={releaseAt} />;
  if (redeemedAt !== null) {
    return (
      <>
        The agent used it <Time value={redeemedAt} />.
      </>
    );
  }
  if (validUntil === null || validUntil <= requestedAt) return null;
  return (
    <>
      Not used yet. It may be used once, until <Time value={validUntil} format="second" />.
    </>
  );
}

function NotReleased({ at }: { at: string }) {
  return (
    <>
      The agent learns of it at <Time value={at} format="second" />. Until then it can be undone.
    </>
  );
}

function Sentence({ verb, by, at }: { verb: string; by: string; at: string | null }) {
  return (
    <>
      {verb} by {by} {at !== null && <Time value={at} />}
    </>
  );
}

function Comment({ text }: { text: string | null }) {
  return text === null || text === "" ? null : <p className="whitespace-pre-wrap wrap-anywhere">“{text}”</p>;
}

function NotYours({ approval, viewerId, voted }: { approval: ApprovalView; viewerId: string; voted: boolean }) {
  const why = whyNotDecide(approval, viewerId);
  if (why === null) return null;
  const Icon = voted ? Users : approval.standing === "excluded" ? Ban : Info;
  return (
    <Banner tone="info" icon={<Icon aria-hidden />} title={why.title}>
      <p>{why.text}</p>
    </Banner>
  );
}
