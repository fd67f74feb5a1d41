import { FilePenLine, FlaskConical } from "lucide-react";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";

import { BeginDraftButton } from "@/app/(console)/policies/_components/begin-draft-button";
import { DraftBadge } from "@/app/(console)/policies/_components/policy-badges";
import { FaultList } from "@/app/(console)/policies/_components/fault-list";
import { Ended } from "@/app/(console)/policies/[slug]/simulate/_components/ended";
import { History } from "@/app/(console)/policies/[slug]/simulate/_components/history";
import { Result } from "@/app/(console)/policies/[slug]/simulate/_components/result";
import { SimulationProgress } from "@/app/(console)/policies/[slug]/simulate/_components/simulation-progress";
import { StaleBanner } from "@/app/(console)/policies/[slug]/simulate/_components/stale-banner";
import { StartForm } from "@/app/(console)/policies/[slug]/simulate/_components/start-form";
import { titleOf } from "@/app/(console)/policies/[slug]/title-of";
import { loadSimulateParams } from "@/app/(console)/policies/[slug]/simulate/search-params";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { readDraft } from "@/lib/policies/queries";
import { isActive, mostChanged } from "@/lib/policies/simulation/shown";
import { listSamples, listSimulations, readSimulation, simulationChoices } from "@/lib/policies/simulation/queries";

export const metadata = { title: "Simulate" };

interface SimulatePageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function SimulatePage({ params, searchParams }: SimulatePageProps) {
  const [viewer, { slug }, query] = await Promise.all([
    requireViewer("policy.read"),
    params,
    loadSimulateParams(searchParams),
  ]);
  const draft = await readDraft(viewer, slug);
  if (!draft) {
    const name = (await titleOf(slug)) ?? slug;
    return <NoDraft slug={slug} name={name} mayWrite={viewer.access.canEverywhere("policy.write")} />;
  }
  const [simulation, lines, choices] = await Promise.all([
    readSimulation(viewer, slug, query.simulation),
    listSimulations(viewer, slug),
    simulationChoices(viewer),
  ]);
  const result = simulation?.result ?? null;
  const asked = query.from && query.to && query.from !== query.to ? { from: query.from, to: query.to } : null;
  const selected = result && (asked ?? mostChanged(result.transitions));
  const samples = simulation && selected ? await listSamples(viewer, slug, simulation.id, selected) : [];
  const active = simulation !== null && isActive(simulation.state);
  const stale = simulation !== null && simulation.rulesHash !== draft.rulesHash;
  const last = simulation && {
    days: simulation.days,
    agentId: choices.agents.find((one) => one.slug === simulation.agent?.slug)?.id ?? "all",
    action: simulation.action ?? "",
  };
  return (
    <Page>
      <Crumbs items={[{ label: draft.name, href: `/policies/${slug}` }, { label: "Simulate" }]} />
      <Live topics={[`policy:${slug}`, "simulations", ...(simulation ? [`simulation:${simulation.id}`] : [])]} />
      <PageHeader
        title={`Simulate ${draft.name}`}
        badges={<DraftBadge state={draft.state} />}
        description={
          draft.inForce === null
            ? "What past decisions would have been with the draft in force, beside how things are without it."
            : `What past decisions would have been with the draft in force instead of version ${draft.inForce.number}.`
        }
        actions={
          <>
            {draft.mayWrite && (
              <Button asChild>
                <Link href={`/policies/${slug}/edit`}>Edit draft</Link>
              </Button>
            )}
            {draft.mayWrite && (
              <Button asChild variant={result && !stale ? "primary" : "secondary"}>
                <Link href={`/policies/${slug}/publish`}>Publish…</Link>
              </Button>
            )}
          </>
        }
      />
      {draft.faults.length > 0 && <FaultList slug={slug} faults={draft.faults} />}
      <div className="grid items-start gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {draft.faults.length === 0 && !active && (
            <Card>
              <CardHeader title="Try the draft" />
              <CardBody>
                <StartForm
                  // What was chosen last, also when another simulation is opened.
                  key={simulation?.id ?? "first"}
                  policy={slug}
                  draftId={draft.id}
                  revision={draft.revision}
                  choices={choices}
                  last={last}
                  again={simulation !== null}
                />
              </CardBody>
            </Card>
          )}
          {lines.length > 0 && (
            <History slug={slug} lines={lines} shown={simulation?.id ?? null} rulesHash={draft.rulesHash} />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {simulation && (stale || (simulation.configurationChanged && result)) && (
            <StaleBanner draft={stale} inForceWas={simulation.inForce} inForce={draft.inForce?.number ?? null} />
          )}
          {!simulation && (
            <Card>
              <EmptyState
                icon={FlaskConical}
                title="Nothing simulated yet"
                description="Choose how far back to look. Every decision of that time is decided anew, under the rules in force and with the draft, and compared. Nothing that agents do is touched."
              />
            </Card>
          )}
          {simulation && isActive(simulation.state) && <SimulationProgress {...simulation} state={simulation.state} />}
          {simulation && <Ended simulation={simulation} />}
          {simulation && result && (
            <Result slug={slug} simulation={simulation.id} result={result} selected={selected} samples={samples} />
          )}
        </div>
      </div>
    </Page>
  );
}

function NoDraft({ slug, name, mayWrite }: { slug: string; name: string; mayWrite: boolean }) {
  return (
    <Page>
      <Crumbs items={[{ label: name, href: `/policies/${slug}` }, { label: "Simulate" }]} />
      <PageHeader title={`Simulate ${name}`} description="A draft is tried on past decisions before it binds." />
      <Card>
        <EmptyState
          icon={FilePenLine}
          title="There is no draft to try"
          description={
            mayWrite
              ? "What is in force has already decided. Begin a draft, change a rule, and come back to try it."
              : "What is in force has already decided. Managers of the organisation begin drafts."
          }
          {...(mayWrite && {
            action: <BeginDraftButton policy={slug} />,
          })}
        />
      </Card>
    </Page>
  );
}
