import { BookX, GitCompareArrows, type LucideIcon, Scale, Unplug } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";

/** What happens in the other cases: set elsewhere, or not for anybody to set. */
export function FixedModes({ confidenceFloor }: { confidenceFloor: number }) {
  return (
    <Card>
      <CardHeader title="What else can go wrong" />
      <CardBody>
        <dl className="flex flex-col divide-y divide-line text-sm">
          <Mode icon={Scale} name="The agent is not sure">
            {confidenceFloor === 0
              ? "Nobody is asked, however unsure it says it is."
              : `A person decides when it states a confidence below ${confidenceFloor} %.`}{" "}
            <Reference href="/settings/authority">Set with authority</Reference>
          </Mode>
          <Mode icon={BookX} name="A source was not read">
            The request is denied and the agent is told what to read first. A rule that cannot be evaluated never
            allows.
          </Mode>
          <Mode icon={GitCompareArrows} name="Policies contradict each other">
            The request is denied, and the contradiction waits with those who own the agent.{" "}
            <Reference href="/incidents/conflicts">Policy conflicts</Reference>
          </Mode>
          <Mode icon={Unplug} name="Remit cannot record it">
            Nothing is allowed: the agent gets a prompt refusal and may ask again.
          </Mode>
        </dl>
      </CardBody>
    </Card>
  );
}

function Mode({ icon: Icon, name, children }: { icon: LucideIcon; name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[16rem_minmax(0,1fr)]">
      <dt className="flex items-center gap-2 font-medium">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        {name}
      </dt>
      <dd className="text-muted">{children}</dd>
    </div>
  );
}

function Reference({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent-text underline underline-offset-4">
      {children}
    </Link>
  );
}
