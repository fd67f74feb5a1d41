import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { ApprovalView } from "@/lib/inbox/panel";
import { PrincipalChain } from "../../_evidence/principal-chain";
import { CompactTimeline } from "../../runs/_components/compact-timeline";
import { AskedCard } from "./asked-card";
import { Conversation } from "./conversation";
import type { PanelHandle } from "./panel-handle";
import { Precedents } from "./precedents";
import { Section } from "./section";
import { VotesCard } from "./votes-card";

interface ApprovalAsideProps {
  approval: ApprovalView;
  handle: PanelHandle;
  canDecide: boolean;
}

/** What stands behind a request: who is asked, what was said, for whom it acts, what came before, and how alike ones ended. */
export function ApprovalAside({ approval, handle, canDecide }: ApprovalAsideProps) {
  const { decision } = approval;
  return (
    <>
      <VotesCard approval={approval} />
      <AskedCard asked={approval.asked} />
      <Conversation
        approval={approval}
        actions={
          <span className="flex gap-1">
            {canDecide && (
              <Button size="xs" variant="ghost" onClick={handle.ask}>
                Ask the agent
              </Button>
            )}
            <Button size="xs" variant="ghost" onClick={handle.comment}>
              Comment
            </Button>
          </span>
        }
      />
      <Section title="Similar requests before">
        <Precedents precedents={approval.precedents} />
      </Section>
      <Section title="Who asks for whom">
        <PrincipalChain trail={approval.trail} />
      </Section>
      <Section
        title="What the run did so far"
        actions={
          <Link
            href={`/runs/${decision.runId}?entry=${encodeURIComponent(`decision:${decision.id}`)}`}
            prefetch={false}
            className="text-xs text-accent-text underline-offset-4 hover:underline"
          >
            Open the run
          </Link>
        }
      >
        <CompactTimeline entries={approval.before} runId={decision.runId} />
      </Section>
    </>
  );
}
