import { CircleCheck, CircleDashed } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { formatPlural } from "@/components/ui/format/number";
import type { AgentDetail } from "@/lib/agents/agent-queries";

/** What an agent that never called still needs before it can: shown to whoever can give it. */
export function FirstSteps({ slug, live }: { slug: string; live: AgentDetail["live"] }) {
  return (
    <Card>
      <CardHeader title="It has not called yet" description="Two things before it can do anything." />
      <ol className="divide-y divide-line border-t border-line">
        <Step
          done={live.grants > 0}
          title="Grants"
          detail={live.grants > 0 ? formatPlural(live.grants, "live grant") : "Without one, every decision is a deny."}
          label="Give it grants"
          href={`/agents/${slug}/authority`}
        />
        <Step
          done={live.credentials > 0}
          title="A credential"
          detail={
            live.credentials > 0
              ? `${formatPlural(live.credentials, "live credential")}: it waits for the first call`
              : "What its software calls the gate with."
          }
          label="Make a credential"
          href={`/agents/${slug}/credentials`}
        />
      </ol>
    </Card>
  );
}

interface StepProps {
  done: boolean;
  title: string;
  detail: string;
  label: string;
  href: string;
}

function Step({ done, title, detail, label, href }: StepProps) {
  const Icon = done ? CircleCheck : CircleDashed;
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <Icon aria-hidden className={done ? "size-4 text-allow-text" : "size-4 text-muted"} />
      <p className="min-w-0 flex-1 text-sm">
        <span className="font-medium">{title}</span> <span className="text-muted">{detail}</span>
        {done && <span className="sr-only"> Done.</span>}
      </p>
      {!done && (
        <Button size="sm" asChild>
          <Link href={href}>{label}</Link>
        </Button>
      )}
    </li>
  );
}
