import Link from "next/link";

import { AgentChip } from "@/components/domain/agent-chip";
import { Card, CardBody, CardHeader } from "@/components/ui/card";

interface Place {
  id: string;
  slug: string;
  name: string;
}

/** Teams that the person leads, and agents that they answer for. */
export function PlacesCard({ leads, owns }: { leads: readonly Place[]; owns: readonly Place[] }) {
  if (leads.length === 0 && owns.length === 0) return null;
  return (
    <Card>
      <CardHeader title="In the chart" />
      <CardBody className="flex flex-col gap-4 text-sm">
        {leads.length > 0 && (
          <section className="flex flex-col gap-1.5">
            <h3 className="text-xs text-muted">Leads</h3>
            <ul className="flex flex-col gap-1">
              {leads.map((team) => (
                <li key={team.id}>
                  <Link href={`/chart?focus=${team.slug}`} className="hover:underline">
                    {team.name}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        {owns.length > 0 && (
          <section className="flex flex-col gap-1.5">
            <h3 className="text-xs text-muted">Answers for</h3>
            <ul className="flex flex-col gap-1">
              {owns.map((agent) => (
                <li key={agent.id}>
                  <AgentChip name={agent.name} slug={agent.slug} href={`/agents/${agent.slug}`} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </CardBody>
    </Card>
  );
}
