"use client";
import { ROLE_LOOKS } from "@/components/domain/roles";
import { SelectField } from "@/components/form/fields";
import { ROLES } from "@/lib/auth/permissions";

export interface NodeChoice {
  id: string;
  name: string;
  root: boolean;
}

const ROLE_OPTIONS = ROLES.map((value) => ({ value, ...ROLE_LOOKS[value] }));

/** Which role, and on which part of the chart. */
export function RoleFields({ nodes }: { nodes: readonly NodeChoice[] }) {
  const options = nodes.map((node) =>
    node.root
      ? { value: node.id, label: node.name, hint: "The whole organisation" }
      : { value: node.id, label: node.name },
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField required name="role" label="Role" options={ROLE_OPTIONS} defaultValue="reviewer" />
      <SelectField
        required
        name="nodeId"
        label="Part of the chart"
        options={options}
        placeholder="Choose"
        {...(nodes.length === 1 && nodes[0] ? { defaultValue: nodes[0].id } : {})}
      />
    </div>
  );
}
