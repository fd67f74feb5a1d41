"use client";
import { UserRoundCheck, UserRoundPlus } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ApprovalView } from "@/lib/inbox/panel";

interface AssignMenuProps {
  approval: ApprovalView;
  viewerId: string;
  onAssign: (personId: string | null) => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Who takes care of it. Only people who may decide it are offered; the others still may. */
export function AssignMenu({ approval, viewerId, onAssign, open, onOpenChange }: AssignMenuProps) {
  const { assignee, approvers } = approval;
  const label = assignee === null ? "Assign" : `Assigned to ${assignee.name}`;
  return (
    <DropdownMenu open={open} onOpenChange={onOpenChange}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={label} title={label}>
          {assignee === null ? <UserRoundPlus aria-hidden /> : <UserRoundCheck aria-hidden />}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>Takes care of it</DropdownMenuLabel>
        {approvers.map((person) => (
          <DropdownMenuCheckboxItem
            key={person.id}
            checked={person.id === assignee?.id}
            onCheckedChange={() => onAssign(person.id)}
          >
            {person.id === viewerId ? `${person.name} (you)` : person.name}
          </DropdownMenuCheckboxItem>
        ))}
        {assignee !== null && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => onAssign(null)}>Nobody in particular</DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
