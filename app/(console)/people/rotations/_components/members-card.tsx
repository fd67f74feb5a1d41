import { Soon } from "@/components/domain/soon";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { RotationMember } from "@/lib/rotations/views";

/** Who takes turns, in order, and what stands against asking them. */
export function MembersCard({ members, node }: { members: readonly RotationMember[]; node: string }) {
  return (
    <Card>
      <CardHeader title="Who takes turns" description="In this order." />
      <ol className="divide-y divide-line text-sm">
        {members.map(({ id, name, email, isActive, decides, away }, index) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <span className="w-4 text-xs text-muted tabular-nums">{index + 1}</span>
            <Avatar name={name} size="sm" />
            <span className="min-w-32 flex-1">
              <span className="block truncate">{name}</span>
              <span className="block truncate text-xs text-muted">{email}</span>
            </span>
            {!isActive && <Badge>Disabled</Badge>}
            {away && (
              <Badge tone="escalate">
                Away{away.until !== null && <> until </>}
                {away.until !== null && <Soon at={away.until} />}
              </Badge>
            )}
            {isActive && !decides && <Badge tone="deny">Decides nothing in {node}</Badge>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
