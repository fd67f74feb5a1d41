"use client";
import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";

import { ConditionField, type ConditionMode } from "@/app/(console)/policies/[slug]/edit/_components/condition-field";
import { faultSentence, fieldOfFault } from "@/app/(console)/policies/[slug]/edit/_components/edited";
import { EffectFields } from "@/app/(console)/policies/[slug]/edit/_components/effect-fields";
import { RuleMatch } from "@/app/(console)/policies/[slug]/edit/_components/rule-match";
import { FormContext } from "@/components/form/context";
import { TextField } from "@/components/form/fields";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { EditorWorld } from "@/lib/policies/builder/editor-world";
import { parse } from "@/lib/policies/builder/parse";
import type { DraftFault } from "@/lib/policies/drafts/faults";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { RuleWorld } from "@/lib/policies/rule-faults";

interface RuleFormProps {
  rule: DraftRule;
  onChange: (rule: DraftRule) => void;
  onDuplicate: () => void;
  onDelete: () => void;
  faults: readonly DraftFault[];
  world: EditorWorld;
  ruleWorld: RuleWorld;
}

/** One rule: whom it is about, when it holds, what happens then. Each fault stands at its field. */
export function RuleForm({ rule, onChange, onDuplicate, onDelete, faults, world, ruleWorld }: RuleFormProps) {
  // Whoever wrote what rows can not show sees the text first.
  const [mode, setMode] = useState<ConditionMode>(() => (parse(rule.when ?? null).ok ? "fields" : "text"));
  const errorOf = (field: string): string | undefined => {
    const fault = faults.find((one) => fieldOfFault(one) === field);
    return fault && faultSentence(fault, rule);
  };
  const change = (part: Partial<DraftRule>) => onChange(withoutNothing({ ...rule, ...part }));
  return (
    <FormContext value={{ pending: false, errorOf }}>
      <Card aria-label={`Rule ${rule.id}`}>
        <CardHeader
          title={rule.id === "" ? "Without a name" : rule.id}
          actions={
            <div className="flex gap-1">
              <Button variant="ghost" size="sm" onClick={onDuplicate}>
                <Copy aria-hidden />
                Duplicate
              </Button>
              <Button variant="ghost" size="sm" onClick={onDelete}>
                <Trash2 aria-hidden />
                Delete
              </Button>
            </div>
          }
        />
        <CardBody className="flex flex-col gap-5">
          <div className="grid gap-4 sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
            <TextField
              name="id"
              label="Name"
              required
              hint="Lower case letters, digits and dashes."
              className="[&_input]:font-mono [&_input]:text-xs"
              value={rule.id}
              autoComplete="off"
              onChange={(event) => change({ id: event.target.value })}
            />
            <TextField
              name="description"
              label="Why it is there"
              maxLength={500}
              value={rule.description ?? ""}
              onChange={(event) => change({ description: event.target.value === "" ? undefined : event.target.value })}
            />
          </div>
          <RuleMatch match={rule.match} onChange={(match) => change({ match })} world={world} />
          <ConditionField
            value={rule.when ?? null}
            onChange={(when) => change({ when: when ?? undefined })}
            patterns={rule.match.actions}
            world={world}
            ruleWorld={ruleWorld}
            mode={mode}
            onMode={setMode}
            error={errorOf("when") ?? null}
          />
          <EffectFields rule={rule} onChange={change} world={world} />
        </CardBody>
      </Card>
    </FormContext>
  );
}

/** A field that holds nothing is not there: what crosses to the server is compared, and hashed. */
function withoutNothing(rule: DraftRule): DraftRule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as DraftRule;
}
