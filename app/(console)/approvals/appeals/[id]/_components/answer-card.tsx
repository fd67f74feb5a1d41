"use client";
import { CircleCheck, CircleX, PencilRuler } from "lucide-react";
import { useRouter } from "next/navigation";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import type { AppealSubject } from "@/lib/appeals/appealable";
import { PERMIT_FAULTS } from "@/lib/appeals/permit-words";
import type { AppealDetail, AppealStanding } from "@/lib/appeals/views";
import { change, permit, uphold } from "../../actions";

interface AnswerCardProps {
  appeal: {
    id: string;
    standing: AppealStanding;
    subject: AppealSubject;
    permitFault: AppealDetail["permitFault"];
    /** Slugs of the policies whose rules denied. */
    policies: readonly string[];
    agent: { name: string; slug: string };
  };
}

const NOT_YOURS: Record<Exclude<AppealStanding, "may_answer" | "answered">, Record<AppealSubject, string>> = {
  not_yours: {
    policy: "Whoever may change the organisation's policies answers this.",
    authority: "Whoever manages the agent answers this.",
  },
  excluded: {
    policy: "The run acts for you, so somebody else answers this.",
    authority: "The run acts for you, so somebody else answers this.",
  },
};

/** Beside what the decision says against a permit: what the run and the viewer's roles do. */
const NO_PERMIT: Record<NonNullable<AppealDetail["permitFault"]>, string> = {
  ...PERMIT_FAULTS,
  run_over: "The run is over, and nobody could use it.",
  no_role: "For that you must also be able to decide for this agent.",
};

/** The three answers. Each says why, and is told to the agent at once. */
export function AnswerCard({ appeal }: AnswerCardProps) {
  const { id, standing, subject, permitFault, policies, agent } = appeal;
  if (standing === "answered") return null;
  return (
    <Card>
      <CardHeader title="Your answer" description="The agent waits for it, and is told at once." />
      <CardBody className="flex flex-col gap-3">
        {standing === "may_answer" ? (
          <>
            {permitFault === null ? (
              <PermitOnce id={id} agentName={agent.name} />
            ) : (
              subject === "policy" && <p className="text-xs text-muted">No permit: {lower(NO_PERMIT[permitFault])}</p>
            )}
            {subject === "policy"
              ? policies.map((policy) => <ChangePolicy key={policy} id={id} policy={policy} />)
              : null}
            {subject === "authority" && <ChangeAuthority id={id} agent={agent} />}
            <Uphold id={id} />
          </>
        ) : (
          <p className="text-sm text-muted">{NOT_YOURS[standing][subject]}</p>
        )}
      </CardBody>
    </Card>
  );
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function PermitOnce({ id, agentName }: { id: string; agentName: string }) {
  return (
    <ReasonDialog
      title="Permit this once"
      description={`${agentName} may then do exactly this, with exactly these arguments, in this run, once. The rule stays as it is, and everything else that can stop it still does.`}
      confirm="Permit once"
      tone="primary"
      action={(fields) => permit({ appealId: id, comment: fields.text("reason") })}
      onDone={() => toast.success("Permitted once")}
      trigger={
        <Button variant="primary" data-act="approve">
          <CircleCheck aria-hidden />
          Permit once
        </Button>
      }
    />
  );
}

function ChangePolicy({ id, policy }: { id: string; policy: string }) {
  const router = useRouter();
  return (
    <ReasonDialog
      title={`Change the policy ${policy}`}
      description="A draft of it opens. Nothing is allowed until it is published; the agent can then ask again."
      confirm="Open the draft"
      tone="primary"
      label="What will change"
      action={(fields) => change({ appealId: id, comment: fields.text("reason"), draft: policy })}
      onDone={() => router.push(`/policies/${policy}/edit`)}
      trigger={
        <Button>
          <PencilRuler aria-hidden />
          Change {policy}
        </Button>
      }
    />
  );
}

function ChangeAuthority({ id, agent }: { id: string; agent: { name: string; slug: string } }) {
  const router = useRouter();
  return (
    <ReasonDialog
      title={`Change what ${agent.name} may do`}
      description="Its grants and tier open. Nothing is allowed until you change them; the agent can then ask again."
      confirm="Open its authority"
      tone="primary"
      label="What will change"
      action={(fields) => change({ appealId: id, comment: fields.text("reason") })}
      onDone={() => router.push(`/agents/${agent.slug}/authority`)}
      trigger={
        <Button>
          <PencilRuler aria-hidden />
          Change what it may do
        </Button>
      }
    />
  );
}

function Uphold({ id }: { id: string }) {
  return (
    <ReasonDialog
      title="Let the denial stand"
      description="The agent is told why, and cannot appeal against this decision again."
      confirm="Let it stand"
      action={(fields) => uphold({ appealId: id, comment: fields.text("reason") })}
      onDone={() => toast.success("The denial stands")}
      trigger={
        <Button variant="danger-quiet" data-act="reject">
          <CircleX aria-hidden />
          Let the denial stand
        </Button>
      }
    />
  );
}
