import { ROLE_LOOKS } from "@/components/domain/roles";
import { Badge } from "@/components/ui/badge";
import type { HeldRole } from "@/lib/people/list-queries";

const MOST_SHOWN = 3;

/** Roles with where they hold, as far as they fit. */
export function RoleList({ roles }: { roles: readonly HeldRole[] }) {
  if (roles.length === 0) return <span className="text-faint">None</span>;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-1">
      {roles.slice(0, MOST_SHOWN).map(({ role, node }) => (
        <Badge key={`${role} ${node.id}`} title={`${ROLE_LOOKS[role].label} of ${node.name}`}>
          {ROLE_LOOKS[role].label} <span className="font-normal">· {node.name}</span>
        </Badge>
      ))}
      {roles.length > MOST_SHOWN && <span className="text-xs text-muted">+{roles.length - MOST_SHOWN}</span>}
    </span>
  );
}
