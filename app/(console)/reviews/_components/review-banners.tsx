import { CircleCheck, EyeOff, Hourglass, RotateCcw, TimerOff, TriangleAlert, Undo2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { Plain } from "@/lib/kernel/plain";
import type { ReviewDetail } from "@/lib/reviews/views";

type Review = Plain<ReviewDetail>;

/** What became of it, and why the viewer cannot decide it. */
export function ReviewBanners({ review, viewer }: { review: Review; viewer: { id: string } }) {
  return (
    // Spoken when somebody else decides while one reads.
    <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
      <Outcome review={review} viewer={viewer} />
      {review.standing === "excluded" && (
        <Notice icon={<EyeOff aria-hidden />} title="Somebody else must look at it">
          The agent acted on your behalf.
        </Notice>
      )}
      {review.standing === "no_role" && (
        <Notice icon={<EyeOff aria-hidden />} title="You can read it">
          Your role does not decide for this agent.
        </Notice>
      )}
      {review.standing === "due" && (
        <Notice icon={<Hourglass aria-hidden />} title="Its window is over">
          Remit is about to do what its rule says.
        </Notice>
      )}
      {review.state === "waiting" && review.escalatedAt !== null && (
        <Notice tone="escalate" icon={<TimerOff aria-hidden />} title="Nobody looked at it the first time">
          It is asked once more of everybody above since <Time value={review.escalatedAt} />.
        </Notice>
      )}
    </div>
  );
}

function Outcome({ review, viewer }: { review: Review; viewer: { id: string } }) {
  const { state, decidedBy, comment, decidedAt, endedAt } = review;
  const by = decidedBy === null ? null : decidedBy.id === viewer.id ? "you" : decidedBy.name;
  const said = comment === null ? null : <p className="wrap-anywhere">“{comment}”</p>;
  switch (state) {
    case "waiting":
      return null;
    case "accepted":
      return (
        <Notice tone="allow" icon={<CircleCheck aria-hidden />} title={`Accepted by ${by ?? "a person"}`}>
          {decidedAt !== null && <Time value={decidedAt} />}
          {said}
        </Notice>
      );
    case "rolling_back":
      return (
        <Notice tone="info" icon={<RotateCcw aria-hidden />} title={`${ordered(by)} to be rolled back`}>
          {said}
        </Notice>
      );
    case "rolled_back":
      return (
        <Notice icon={<Undo2 aria-hidden />} title="Rolled back">
          {ordered(by)}
          {endedAt !== null && (
            <>
              , done <Time value={endedAt} />
            </>
          )}
          {said}
        </Notice>
      );
    case "rollback_failed":
      return (
        <Notice
          tone="deny"
          icon={<TriangleAlert aria-hidden />}
          title="It could not be rolled back, and stands"
          actions={<IncidentLink id={review.incidentId} />}
        >
          {said}
        </Notice>
      );
    case "lapsed":
      return (
        <Notice
          icon={<TimerOff aria-hidden />}
          title="Nobody looked in time"
          actions={<IncidentLink id={review.incidentId} />}
        >
          It stands, as its rule says.
        </Notice>
      );
  }
}

const ordered = (by: string | null): string => (by === null ? "Ordered by the rule" : `Ordered by ${by}`);

function IncidentLink({ id }: { id: string | null }) {
  if (id === null) return null;
  return (
    <Link href={`/incidents/${id}`} className="text-sm underline underline-offset-4">
      Incident
    </Link>
  );
}

interface NoticeProps {
  tone?: Tone;
  icon: ReactNode;
  title: string;
  actions?: ReactNode;
  children?: ReactNode;
}

function Notice({ tone = "neutral", icon, title, actions, children }: NoticeProps) {
  return (
    <Banner tone={tone} icon={icon} title={title} actions={actions}>
      <div className="text-sm">{children}</div>
    </Banner>
  );
}
