import { TabNav } from "@/components/ui/tab-nav";
import { formatCount } from "@/components/ui/format/number";

interface IncidentTabsProps {
  counts: { incidents: number; conflicts: number };
  /** How many kill switches are on. */
  stops: number;
}

/** Incidents, what policies contradict each other about, and the switches that stop agents. */
export function IncidentTabs({ counts, stops }: IncidentTabsProps) {
  return (
    <TabNav
      label="Incidents"
      items={[
        { label: "Incidents", href: "/incidents", trailing: <Count count={counts.incidents} /> },
        { label: "Policy conflicts", href: "/incidents/conflicts", trailing: <Count count={counts.conflicts} /> },
        { label: "Kill switch", href: "/incidents/kill-switch", trailing: <Count count={stops} /> },
      ]}
    />
  );
}

function Count({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="rounded-full bg-surface-3 px-1.5 text-xs font-medium tabular-nums text-muted">
      {formatCount(count)}
    </span>
  );
}
