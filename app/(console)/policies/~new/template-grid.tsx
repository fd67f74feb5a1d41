import { FilePlus2 } from "lucide-react";
import Link from "next/link";

import { RuleEffectBadge } from "@/components/domain/rule-effect-badge";
import { formatPlural } from "@/components/ui/format/number";
import type { RuleEffect } from "@/lib/policies/schemas";

interface TemplateCard {
  id: string;
  title: string;
  description: string;
  effect: RuleEffect;
  /** Actions of the catalogue that it can be about. */
  fitting: number;
}

const tile =
  "relative flex h-full flex-col gap-1.5 rounded-lg border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong hover:bg-surface-2 focus-within:outline-2 focus-within:outline-ring";
const link = "text-sm font-semibold after:absolute after:inset-0 focus-visible:outline-none";

/** What a policy can begin with. */
export function TemplateGrid({ templates }: { templates: readonly TemplateCard[] }) {
  return (
    <ul aria-label="Templates" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {templates.map((template) => (
        <li key={template.id} className={tile}>
          <div className="flex items-start justify-between gap-3">
            <h2>
              <Link href={`/policies/~new?template=${template.id}`} className={link}>
                {template.title}
              </Link>
            </h2>
            <RuleEffectBadge effect={template.effect} />
          </div>
          <p className="text-sm text-muted">{template.description}</p>
          <p className={template.fitting === 0 ? "mt-auto text-xs text-faint" : "mt-auto text-xs text-muted"}>
            {template.fitting === 0
              ? "No action of the catalogue fits"
              : `${formatPlural(template.fitting, "action")} of the catalogue ${template.fitting === 1 ? "fits" : "fit"}`}
          </p>
        </li>
      ))}
      <li className={tile}>
        <h2 className="flex items-center gap-2">
          <FilePlus2 aria-hidden className="size-4 text-muted" />
          <Link href="/policies/~new?template=blank" className={link}>
            From nothing
          </Link>
        </h2>
        <p className="text-sm text-muted">An empty draft. Its rules are built from fields or written as text.</p>
      </li>
    </ul>
  );
}
