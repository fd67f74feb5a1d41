"use client";
import { useEffect, useState } from "react";
import { DropdownMenuItem, DropdownMenuLabel } from "@/components/ui/dropdown-menu";
import type { Item } from "@/lib/inbox/item";

interface BulkAssignProps {
  approvals: readonly Item[];
  assign: (personId: string) => void;
}

interface Person {
  id: string;
  name: string;
}

/** The people who may decide every one of the selected, asked for when the menu opens. */
export function BulkAssign({ approvals, assign }: BulkAssignProps) {
  const [people, setPeople] = useState<Person[] | "failed" | null>(null);
  const ids = approvals.map((item) => item.id).join(",");
  useEffect(() => {
    const controller = new AbortController();
    const look = async () => {
      const body = JSON.stringify(ids.split(","));
      const response = await fetch("/inbox/assignable", { method: "POST", body, signal: controller.signal });
      const found: Person[] = response.ok ? await response.json() : [];
      setPeople(found);
    };
    look().catch(() => setPeople("failed"));
    return () => controller.abort();
  }, [ids]);
  return (
    <>
      <DropdownMenuLabel>Takes care of them</DropdownMenuLabel>
      {people === null && <DropdownMenuItem disabled>Looking who may…</DropdownMenuItem>}
      {people === "failed" && <DropdownMenuItem disabled>The server did not answer</DropdownMenuItem>}
      {Array.isArray(people) && people.length === 0 && (
        <DropdownMenuItem disabled>Nobody may decide all of them</DropdownMenuItem>
      )}
      {Array.isArray(people) &&
        people.map((person) => (
          <DropdownMenuItem key={person.id} onSelect={() => assign(person.id)}>
            {person.name}
          </DropdownMenuItem>
        ))}
    </>
  );
}
