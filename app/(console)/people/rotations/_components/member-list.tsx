"use client";
import { ArrowDown, ArrowUp, X } from "lucide-react";

import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";

interface MemberListProps {
  people: readonly { id: string; name: string; email: string }[];
  memberIds: readonly string[];
  onChange: (memberIds: string[]) => void;
}

/** People in the order of their turns: add, take away, move up and down. */
export function MemberList({ people, memberIds, onChange }: MemberListProps) {
  const byId = new Map(people.map((person) => [person.id, person]));
  const others = [...byId.values()].filter((person) => !memberIds.includes(person.id));
  const swapped = (index: number): string[] => {
    const [one, other] = [memberIds[index - 1], memberIds[index]];
    if (one === undefined || other === undefined) return [...memberIds];
    return [...memberIds.slice(0, index - 1), other, one, ...memberIds.slice(index + 1)];
  };
  return (
    <Field name="memberIds" label="Who takes turns, in order" required hint="People who decide approvals somewhere.">
      {(control) => (
        <div className="flex flex-col gap-2">
          <input type="hidden" name="memberIds" value={memberIds.join(" ")} />
          {memberIds.length > 0 && (
            <ol aria-label="Order of turns" className="divide-y divide-line rounded-md border border-line">
              {memberIds.map((id, index) => {
                const name = byId.get(id)?.name ?? "Somebody";
                return (
                  <li key={id} className="flex items-center gap-2 py-1 pr-1 pl-3 text-sm">
                    <span className="w-5 text-xs text-muted tabular-nums">{index + 1}</span>
                    <span className="min-w-0 flex-1 truncate">{name}</span>
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`${name}: earlier`}
                      disabled={index === 0}
                      onClick={() => onChange(swapped(index))}
                    >
                      <ArrowUp aria-hidden />
                    </Button>
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`${name}: later`}
                      disabled={index === memberIds.length - 1}
                      onClick={() => onChange(swapped(index + 1))}
                    >
                      <ArrowDown aria-hidden />
                    </Button>
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`Remove ${name}`}
                      onClick={() => onChange(memberIds.filter((one) => one !== id))}
                    >
                      <X aria-hidden />
                    </Button>
                  </li>
                );
              })}
            </ol>
          )}
          <Select
            id={control.id}
            data-field="memberIds"
            aria-describedby={control["aria-describedby"]}
            value=""
            placeholder={others.length === 0 ? "Nobody else" : "Add somebody"}
            disabled={others.length === 0}
            onValueChange={(id) => onChange([...memberIds, id])}
            options={others.map((person) => ({ value: person.id, label: person.name, hint: person.email }))}
          />
        </div>
      )}
    </Field>
  );
}
