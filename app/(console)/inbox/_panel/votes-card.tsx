import { CircleCheck, CircleDashed } from "lucide-react";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import type { ApprovalView } from "@/lib/inbox/panel";
import { Section } from "./section";

/** Where several people must approve: who has, and who still may. */
export function VotesCard({ approval }: { approval: ApprovalView }) {
  const { votes, quorum, approvers, state } = approval;
  if (quorum <= 1) return null;
  const voted = votes.map((vote) => vote.person.id);
  const others = approvers.filter((person) => !voted.includes(person.id));
  return (
    <Section
      title={`${quorum} people must approve`}
      description={state === "pending" ? `${votes.length} of ${quorum} so far. One rejection settles it.` : undefined}
    >
      <Progress label="Approvals" value={votes.length} max={quorum} tone={votes.length >= quorum ? "allow" : "info"} />
      <ul aria-label="Who has approved" className="flex flex-col gap-2 text-sm">
        {votes.map((vote) => (
          <li key={vote.person.id} className="flex gap-2">
            <CircleCheck aria-label="Approved" className="mt-0.5 size-4 shrink-0 text-allow-text" />
            <span className="min-w-0 wrap-anywhere">
              {vote.person.name}
              <span className="text-muted">
                , <Time value={vote.at} />
              </span>
              {vote.comment !== null && vote.comment !== "" && (
                <span className="block text-muted">“{vote.comment}”</span>
              )}
            </span>
          </li>
        ))}
        {state === "pending" &&
          others.slice(0, 8).map((person) => (
            <li key={person.id} className="flex gap-2 text-muted">
              <CircleDashed aria-label="Not yet" className="mt-0.5 size-4 shrink-0" />
              {person.name}
            </li>
          ))}
      </ul>
      {state === "pending" && others.length > 8 && (
        <p className="text-xs text-muted">{others.length - 8} more may approve.</p>
      )}
    </Section>
  );
}
