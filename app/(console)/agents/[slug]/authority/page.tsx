import { ArrowDown, KeySquare, ShieldOff } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";

import { AddGrant } from "@/app/(console)/agents/[slug]/_components/add-grant";
import { EffectiveTable } from "@/app/(console)/agents/[slug]/_components/effective-table";
import { GrantsTable } from "@/app/(console)/agents/[slug]/_components/grants-table";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { UnusedList } from "@/app/(console)/autonomy/grants/_components/unused-list";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { Stat, StatGrid } from "@/components/ui/stat";
import { grantPatterns } from "@/lib/agents/grant-patterns";
import { effectiveAuthority, type AuthorityHolder } from "@/lib/agents/authority-queries";
import { listUnusedGrants } from "@/lib/agents/unused-grants";

export default async function AuthorityPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  const mayGrant = agent.may.write && agent.status !== "retired";
  const [view, unused, patterns] = await Promise.all([
    effectiveAuthority(viewer, agent.id),
    listUnusedGrants(viewer, agent.id),
    mayGrant ? grantPatterns(viewer) : [],
  ]);
  if (view === null) notFound();
  const { actions, chain, grants, notGranted, truncated } = view;
  const count = (effect: (typeof actions)[number]["effect"]): number =>
    actions.filter((action) => action.effect === effect).length;
  const addGrant = mayGrant && <AddGrant agentId={agent.id} agentName={agent.name} patterns={patterns} />;
  const narrowed = actions.filter((action) => action.by === "authority").length;
  return (
    <>
      <StatGrid>
        <Stat label="Allowed" value={count("allow")} hint="without a person" />
        <Stat label="Allowed, then reviewed" value={count("review")} hint="within a window" />
        <Stat label="Asks a person" value={count("escalate")} hint="before it acts" />
        <Stat label="Denied" value={count("deny")} hint={`${narrowed} narrowed from above`} />
        <Stat label="Not granted" value={notGranted} hint="always denied" href="/catalogue" />
      </StatGrid>
      {chain.length > 1 && <Chain chain={chain} />}
      <Card>
        <CardHeader
          title="Effective authority"
          description="What it can really do: its own grants, cut by every agent above, then by its tier. Policies, evidence and budgets bind beside this."
        />
        {actions.length === 0 ? (
          <EmptyState
            icon={ShieldOff}
            title="It may do nothing"
            description="No grant names an action of the catalogue. What is granted to it shows here, action by action."
            action={addGrant}
          />
        ) : (
          <EffectiveTable actions={actions} chain={chain} tier={agent.tier} />
        )}
        {truncated && <CardFooter>Only the first actions of the catalogue are shown.</CardFooter>}
      </Card>
      {unused.grants.length > 0 && <UnusedList grants={unused.grants} ofOneAgent />}
      <Card>
        <CardHeader
          title="Grants"
          description={formatPlural(grants.filter((grant) => grant.state === "live").length, "live grant")}
          actions={actions.length > 0 && addGrant}
        />
        {grants.length === 0 ? (
          <EmptyState icon={KeySquare} title="No grants" />
        ) : (
          <GrantsTable grants={grants} mayTake={mayGrant} />
        )}
      </Card>
    </>
  );
}

/** The agents that authority comes down through, the topmost first. */
function Chain({ chain }: { chain: readonly AuthorityHolder[] }) {
  return (
    <Card>
      <CardHeader title="Authority comes down through" description="Each passes on at most what it holds itself." />
      <CardBody>
        <ol className="flex flex-col gap-1.5">
          {chain.toReversed().map((holder, i) => (
            <li key={holder.id} className="flex flex-wrap items-center gap-2 text-sm">
              {i > 0 && <ArrowDown aria-hidden className="size-3.5 text-muted" />}
              {holder.slug === null ? (
                <span className="text-muted">An agent that you cannot see</span>
              ) : (
                <Link
                  href={`/agents/${holder.slug}/authority`}
                  className="rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {holder.name}
                </Link>
              )}
              {holder.patterns.map((pattern) => (
                <Code key={pattern}>{pattern}</Code>
              ))}
              {holder.slug !== null && holder.patterns.length === 0 && (
                <span className="text-xs text-deny-text">holds nothing</span>
              )}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
