import Link from "next/link";

import { OutcomeBadge } from "@/app/(console)/_components/outcome-badge";
import { RiskBadge } from "@/components/domain/risk-badge";
import { KindBadge } from "@/app/(console)/catalogue/_components/kind-badge";
import { Code } from "@/components/ui/code-block";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import type { AuthorityHolder } from "@/lib/agents/authority-queries";
import type { EffectiveAction } from "@/lib/agents/effective";

/** Each action that the agent's grants name, and what the agents above and its tier leave of it. */
export function EffectiveTable({
  actions,
  chain,
  tier,
}: {
  actions: readonly EffectiveAction[];
  chain: readonly AuthorityHolder[];
  tier: string;
}) {
  return (
    <Table>
      <TableCaption>Effective authority, action by action</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Action</TableHeaderCell>
          <TableHeaderCell>Kind</TableHeaderCell>
          <TableHeaderCell>Risk</TableHeaderCell>
          <TableHeaderCell>Comes to</TableHeaderCell>
          <TableHeaderCell>Because</TableHeaderCell>
          <TableHeaderCell>Granted by</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {actions.map((action) => (
          <TableRow key={action.id}>
            <TableCell className="min-w-56">
              <Link
                href={`/catalogue/${action.id}`}
                className="rounded-sm font-medium underline-offset-4 hover:underline"
              >
                {action.title ?? action.id}
              </Link>
              {action.title !== null && <span className="block font-mono text-xs text-muted">{action.id}</span>}
            </TableCell>
            <TableCell>
              <KindBadge kind={action.kind} />
            </TableCell>
            <TableCell>
              {action.kind === "execute" ? (
                <RiskBadge reversibility={action.reversibility} impact={action.impact} />
              ) : (
                <span className="text-faint">–</span>
              )}
            </TableCell>
            <TableCell>
              <OutcomeBadge effect={action.effect} />
            </TableCell>
            <TableCell className="min-w-48">
              <Reason action={action} chain={chain} tier={tier} />
              {(action.effect === "deny" ? [] : action.conditions).map((condition) => (
                <span key={condition} className="mt-1 block text-xs text-muted">
                  only if <Code>{condition}</Code>
                </span>
              ))}
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap gap-1">
                {action.patterns.map((pattern) => (
                  <Code key={pattern}>{pattern}</Code>
                ))}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const KIND_WORDS: Record<EffectiveAction["kind"], string> = {
  read: "reads",
  draft: "drafts",
  propose: "proposals",
  execute: "executions",
};

function Reason({ action, chain, tier }: { action: EffectiveAction; chain: readonly AuthorityHolder[]; tier: string }) {
  switch (action.by) {
    case "authority": {
      if (action.narrowedBy === chain[0]?.id) return "Its own grant has expired";
      const holder = chain.find((one) => one.id === action.narrowedBy);
      if (!holder?.slug) return "Narrowed by an agent above that you cannot see";
      return (
        <>
          Narrowed by{" "}
          <Link href={`/agents/${holder.slug}/authority`} className="underline underline-offset-4">
            {holder.name}
          </Link>
          , which does not hold it
        </>
      );
    }
    case "tier":
      return `Tier ${tier}, for ${KIND_WORDS[action.kind]}`;
    case "reversibility":
      return `${action.reversibility.charAt(0).toUpperCase()}${action.reversibility.slice(1)}, ${action.impact} impact`;
  }
}
