import { Bot, CornerDownRight, MessageCircleQuestion, MessageSquare } from "lucide-react";
import type { ReactNode } from "react";
import { AgentText } from "@/components/ui/agent-text";
import { Time } from "@/components/ui/time";
import type { ApprovalView } from "@/lib/inbox/panel";
import { Section } from "./section";

type Said = ApprovalView["conversation"][number];

/** Questions to the agent with its answers, and what people said among themselves. */
export function Conversation({ approval, actions }: { approval: ApprovalView; actions: ReactNode }) {
  const { conversation, state } = approval;
  const answers = new Map(conversation.flatMap((said) => (said.answersId === null ? [] : [[said.answersId, said]])));
  return (
    <Section title="Conversation" actions={actions}>
      {conversation.length === 0 ? (
        <p className="text-sm text-muted">Nobody has asked or said anything.</p>
      ) : (
        // Spoken when the agent answers while one reads.
        <ol aria-label="Conversation" aria-live="polite" className="flex flex-col gap-3">
          {conversation
            .filter((said) => said.kind !== "answer")
            .map((said) => (
              <li key={said.id} className="flex flex-col gap-2">
                <Line said={said} />
                {said.kind === "question" && <Answer answer={answers.get(said.id)} waiting={state === "pending"} />}
              </li>
            ))}
        </ol>
      )}
    </Section>
  );
}

const ICONS = { question: MessageCircleQuestion, comment: MessageSquare, answer: Bot };
const SAYS = { question: "asks the agent", comment: "says", answer: "answers" };

function Line({ said }: { said: Said }) {
  const Icon = ICONS[said.kind];
  return (
    <div className="flex gap-2.5 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-xs text-muted">
          <span className="font-medium text-foreground">{said.by}</span> {SAYS[said.kind]}, <Time value={said.at} />
        </p>
        <p className="whitespace-pre-wrap wrap-anywhere">
          <AgentText text={said.text} />
        </p>
      </div>
    </div>
  );
}

function Answer({ answer, waiting }: { answer: Said | undefined; waiting: boolean }) {
  return (
    <div className="flex gap-2 pl-6.5">
      <CornerDownRight aria-hidden className="mt-1 size-3.5 shrink-0 text-faint" />
      {answer !== undefined ? (
        <Line said={answer} />
      ) : (
        <p className="text-sm text-muted">{waiting ? "The agent has not answered yet." : "It was not answered."}</p>
      )}
    </div>
  );
}
