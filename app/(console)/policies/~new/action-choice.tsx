"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Code } from "@/components/ui/code-block";
import { actionTitle } from "@/lib/decisions/words";
import type { TemplateFit } from "@/lib/policies/templates/templates";

interface ActionChoiceProps {
  fits: readonly TemplateFit[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** Which of the fitting actions the rules are about, and by which argument. */
export function ActionChoice({ fits, chosen, onChange }: ActionChoiceProps) {
  const toggle = (action: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(action);
    else next.delete(action);
    onChange(next);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Actions</legend>
      {fits.length === 0 && (
        <p className="text-sm text-muted">
          No action of the catalogue fits by kind, name and arguments. The draft begins empty; choose actions in the
          editor.
        </p>
      )}
      <ul className="flex max-h-72 flex-col divide-y divide-line overflow-y-auto rounded-md border border-line empty:hidden">
        {fits.map(({ action, title, subject }) => (
          <li key={action}>
            <label className="flex cursor-pointer items-center gap-2.5 px-3 py-2 text-sm hover:bg-surface-2">
              <Checkbox checked={chosen.has(action)} onCheckedChange={(on) => toggle(action, on === true)} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{actionTitle(action, title)}</span>
                <span className="block truncate font-mono text-xs text-muted">{action}</span>
              </span>
              {subject && <Code>{subject.expression}</Code>}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
