import { VersionCard } from "@/app/(console)/agents/[slug]/_components/version-card";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { diffBoundaries } from "@/lib/agents/boundary-diff";
import { listVersions } from "@/lib/agents/agent-queries";

export default async function VersionsPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  const versions = await listVersions(viewer, agent.id);
  if (versions.length === 0) {
    return (
      <Card>
        <EmptyState title="No versions" description="The first one is made with the agent." />
      </Card>
    );
  }
  return (
    <ol className="flex flex-col gap-3" aria-label={`Versions of ${agent.name}, newest first`}>
      {versions.map((version, i) => {
        const before = versions[i + 1];
        return (
          <li key={version.number}>
            <VersionCard
              version={version}
              current={version.number === agent.version}
              before={before?.number ?? null}
              changes={before ? diffBoundaries(before.boundary, version.boundary) : null}
            />
          </li>
        );
      })}
    </ol>
  );
}
