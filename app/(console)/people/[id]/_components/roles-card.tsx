"use client";
import { ShieldPlus, X } from "lucide-react";
import { ROLE_LOOKS } from "@/components/domain/roles";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import type { PersonDetail } from "@/lib/people/queries";
import { grant, revoke } from "../../actions";
import type { NodeChoice } from "../../_components/role-fields";
import { GrantDialog } from "./grant-dialog";

interface RolesCardProps {
  personId: string;
  roles: PersonDetail["roles"];
  /** Where the viewer may give roles; empty when nowhere. */
  nodes: readonly NodeChoice[];
}

export function RolesCard({ personId, roles, nodes }: RolesCardProps) {
  return (
    <Card>
      <CardHeader
        title="Roles"
        description="Each covers its part of the chart and everything below."
        actions={nodes.length > 0 && <GrantDialog personId={personId} nodes={nodes} />}
      />
      {roles.length === 0 ? (
        <EmptyState
          level={3}
          icon={ShieldPlus}
          title="No role"
          description="Without a role a person can sign in, but sees nothing of the chart."
        />
      ) : (
        <ul className="divide-y divide-line text-sm">
          {roles.map((held) => (
            <li key={`${held.role} ${held.node.id}`} className="flex min-h-11 items-center gap-3 px-4 py-1.5">
              <span className="w-20 shrink-0 font-medium">{ROLE_LOOKS[held.role].label}</span>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{held.node.name}</span>
                <span className="block text-xs text-muted">{ROLE_LOOKS[held.role].hint}</span>
              </span>
              {held.revocable && <RevokeButton personId={personId} held={held} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function RevokeButton({ personId, held }: { personId: string; held: PersonDetail["roles"][number] }) {
  const input = { personId, role: held.role, nodeId: held.node.id };
  const name = `${ROLE_LOOKS[held.role].label} of ${held.node.name}`;
  const back = useAction(grant);
  const { run, pending } = useAction(revoke, {
    onSuccess: () => toast.undo(`${name} taken away`, () => back.run(input)),
  });
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={`Take away ${name}`}
      pending={pending}
      onClick={() => run(input)}
    >
      <X aria-hidden />
    </Button>
  );
}
