import { OctagonX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatPlural } from "@/components/ui/format/number";
import type { Stops } from "@/lib/organisation/stops";

const SWITCH = "/incidents/kill-switch";

/** Stands on every page while agents are stopped: everything, or parts of the chart in the viewer's sight. */
export function StopNotice({ stops: { everything, nodes } }: { stops: Stops }) {
  if (everything !== null) {
    return (
      <Strip loud title="Every agent is stopped.">
        {everything.reason}
      </Strip>
    );
  }
  const [first, ...more] = nodes;
  if (first === undefined) return null;
  return (
    <Strip
      title={
        more.length === 0
          ? `${first.name} is stopped.`
          : `${first.name} and ${formatPlural(more.length, "other part")} are stopped.`
      }
    >
      {more.length === 0 ? `${formatPlural(first.agents, "agent")} cannot act.` : "Their agents cannot act."}
    </Strip>
  );
}

function Strip({ loud = false, title, children }: { loud?: boolean; title: string; children: ReactNode }) {
  return (
    <aside
      aria-label="Kill switch"
      className={
        loud
          ? "flex items-center gap-2.5 border-b border-deny-line bg-danger px-4 py-2 text-sm text-on-danger sm:px-6"
          : "flex items-center gap-2.5 border-b border-deny-line bg-deny-soft px-4 py-2 text-sm text-deny-text sm:px-6"
      }
    >
      <OctagonX aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 truncate">
        <strong className="font-semibold">{title}</strong> {children}
      </p>
      <Link href={SWITCH} className="shrink-0 font-medium underline underline-offset-4">
        Kill switch
      </Link>
    </aside>
  );
}
