"use client";
import { Users } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { PERSON_STATE_LOOKS, PersonStateBadge } from "@/components/domain/person-state-badge";
import { ROLE_LOOKS } from "@/components/domain/roles";
import { useLive } from "@/components/live/live";
import { Avatar } from "@/components/ui/avatar";
import { Time } from "@/components/ui/time";
import { ROLES } from "@/lib/auth/permissions";
import { PERSON_STATES } from "@/lib/people/list-params";
import type { PersonRow } from "@/lib/people/list-queries";
import { peopleParams } from "../search-params";
import { RoleList } from "./role-list";

const column = columnsOf<PersonRow>();
const columns = column.columns([
  column.accessor("name", {
    header: "Name",
    meta: { className: "min-w-56" },
    cell: ({ row }) => (
      <span className="flex min-w-0 items-center gap-2.5">
        <Avatar name={row.original.name} />
        <span className="flex min-w-0 items-baseline gap-x-2 @max-2xl:flex-col">
          <span className="max-w-full truncate font-medium">{row.original.name}</span>
          <span className="max-w-full truncate text-xs text-muted">{row.original.email}</span>
        </span>
      </span>
    ),
  }),
  column.accessor("roles", {
    header: "Roles",
    meta: { className: "max-w-96" },
    cell: ({ getValue }) => <RoleList roles={getValue()} />,
  }),
  column.accessor("state", {
    header: "Account",
    meta: { card: "corner", className: "w-28" },
    cell: ({ getValue }) => <PersonStateBadge state={getValue()} />,
  }),
  column.accessor("lastSignInAt", {
    header: "Last sign-in",
    meta: { className: "w-36" },
    cell: ({ getValue }) => {
      const at = getValue();
      return at === null ? <span className="text-faint">Never</span> : <Time value={at} />;
    },
  }),
  column.accessor("createdAt", {
    header: "Added",
    meta: { className: "w-36", hiddenByDefault: true },
    cell: ({ getValue }) => <Time value={getValue()} format="date" />,
  }),
]);

const STATES = PERSON_STATES.map((value) => ({ value, label: PERSON_STATE_LOOKS[value].label }));
const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_LOOKS[value].label }));

export function PeopleTable({ rows, total }: { rows: readonly PersonRow[]; total: number }) {
  useLive(["people"]);
  return (
    <DataTable
      fill
      name="People"
      noun={{ one: "person", many: "people" }}
      params={peopleParams}
      columns={columns}
      rows={rows}
      rowId={(person) => person.id}
      rowHref={(person) => `/people/${person.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search people"
      descFirst={["lastSignInAt", "createdAt"]}
      facets={[
        { id: "role", label: "Role", options: ROLE_OPTIONS },
        { id: "state", label: "Account", options: STATES },
      ]}
      empty={{ icon: Users, title: "Nobody yet", description: "People appear here as they are invited." }}
    />
  );
}
