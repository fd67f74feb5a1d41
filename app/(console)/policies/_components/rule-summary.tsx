import { RuleEffectBadge } from "@/components/domain/rule-effect-badge";
import { CodeBlock } from "@/components/ui/code-block";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { RuleNames } from "@/lib/policies/rule-names";
import { ruleWords } from "@/lib/policies/rule-words";

/** A rule as a sentence, its condition as text, and what the agent is told. */
export function RuleSummary({ rule, names, badge = true }: { rule: DraftRule; names: RuleNames; badge?: boolean }) {
  const words = ruleWords(rule, names);
  return (
    <>
      <p className="max-w-prose text-sm wrap-anywhere">
        {badge && (
          <span className="mr-2 inline-flex align-middle">
            <RuleEffectBadge effect={rule.effect} />
          </span>
        )}
        When <b className="font-medium">{words.who}</b> asks for <b className="font-medium">{words.what}</b>
        {words.when !== null && (
          <>
            {" "}
            and <b className="font-medium">{words.when}</b>
          </>
        )}
        : {words.outcome}
      </p>
      {rule.when !== undefined && rule.when.trim() !== "" && (
        <CodeBlock code={rule.when} label={`Condition of ${rule.id}`} wrap />
      )}
      {rule.message !== undefined && rule.message !== "" && (
        <p className="text-xs text-muted">
          The agent is told: <q>{rule.message}</q>
        </p>
      )}
    </>
  );
}
