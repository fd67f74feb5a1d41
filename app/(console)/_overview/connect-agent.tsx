import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { firstDecisionCurl } from "@/app/(console)/_components/first-decision";
import { Card, CardBody } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

/** What comes with Remit to begin with: one agent, one system, one rule. */
const SAMPLE = { file: "e2e/fixtures/connect.yaml", agent: "assistant", action: "shop.get_order" };

/** The way from nothing to a first decision, with commands that work as they stand. */
export function ConnectAgent({
  gateUrl,
  agentSlug,
  tryAction,
}: {
  gateUrl: string;
  /** An agent that is there already. */
  agentSlug: string | null;
  /** An action that it holds. */
  tryAction: string | null;
}) {
  const slug = agentSlug ?? SAMPLE.agent;
  return (
    <ol className="flex flex-col gap-4">
      <Step number={1} title="Describe the agent and what it may ask for" done={agentSlug !== null}>
        {agentSlug === null ? (
          <>
            <p className="text-sm text-muted">
              People, chart, systems and policies stand in one file. This one comes with Remit: a shop assistant that
              may refund, and a rule that asks a person above $100.
            </p>
            <CodeBlock code={`npm run -s remit -- apply -f ${SAMPLE.file}`} label="Command" />
            <p className="text-sm text-muted">
              Or without a file: a team and an agent in the{" "}
              <Link className="text-accent-text underline underline-offset-4" href="/chart">
                chart
              </Link>
              , and what it can ask for in the{" "}
              <Link className="text-accent-text underline underline-offset-4" href="/catalogue">
                catalogue
              </Link>
              .
            </p>
          </>
        ) : (
          <p className="text-sm text-muted">
            There is{" "}
            <Link className="text-accent-text underline underline-offset-4" href={`/agents/${slug}`}>
              {slug}
            </Link>{" "}
            in the chart.
          </p>
        )}
      </Step>
      <Step number={2} title="Give it a credential">
        <p className="text-sm text-muted">
          The secret is shown once.
          {agentSlug !== null && (
            <>
              {" "}
              Or make it on{" "}
              <Link className="text-accent-text underline underline-offset-4" href={`/agents/${slug}/credentials`}>
                its page
              </Link>
              .
            </>
          )}
        </p>
        <CodeBlock code={`npm run -s remit -- credential create ${slug}`} label="Command" />
      </Step>
      <Step number={3} title="Ask before acting">
        <p className="text-sm text-muted">
          Put the secret in place of rmt_… and run this where the agent runs. This page changes as soon as the run is
          there.
        </p>
        <CodeBlock code={firstDecisionCurl(gateUrl, "rmt_…", tryAction ?? SAMPLE.action)} label="Commands" />
      </Step>
    </ol>
  );
}

function Step({
  number,
  title,
  done = false,
  children,
}: {
  number: number;
  title: string;
  done?: boolean;
  children: ReactNode;
}) {
  return (
    <li>
      <Card>
        <CardBody className="flex gap-3">
          <span
            aria-hidden
            className={
              done
                ? "grid size-6 shrink-0 place-items-center rounded-full bg-allow-soft text-allow-text"
                : "grid size-6 shrink-0 place-items-center rounded-full border border-line-strong text-xs font-medium"
            }
          >
            {done ? <Check className="size-3.5" /> : number}
          </span>
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <h2 className="text-base font-semibold">{title}</h2>
            {children}
          </div>
        </CardBody>
      </Card>
    </li>
  );
}
