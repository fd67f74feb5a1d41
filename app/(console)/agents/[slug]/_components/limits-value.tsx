import { formatCount } from "@/components/ui/format/number";
import type { AgentDetail, ShownLimit } from "@/lib/agents/agent-queries";

/** How often an agent may ask, in words; null where its stored limits can not be read. */
export function LimitsValue({ limits }: { limits: AgentDetail["limits"] }) {
  if (!limits) return <span className="text-deny-text">Its limits can not be read: it is denied everything.</span>;
  return (
    <ul className="flex flex-col gap-0.5">
      <LimitLine what="each run" limit={limits.run} />
      <LimitLine what="all its runs together" limit={limits.agent} />
    </ul>
  );
}

function LimitLine({ what, limit }: { what: string; limit: ShownLimit }) {
  return (
    <li>
      <span className="tabular-nums">{inWords(limit.text)}</span>, {what}
      {!limit.own && <span className="text-xs text-muted"> · as everywhere</span>}
    </li>
  );
}

const UNITS: Record<string, string> = { s: "second", m: "minute", h: "hour", d: "day" };

function inWords(text: string): string {
  const [count, unit = ""] = text.split("/");
  return UNITS[unit] === undefined ? "As often as it likes" : `${formatCount(Number(count))} requests a ${UNITS[unit]}`;
}
