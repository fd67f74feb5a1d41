"use client";
import { AskedFields } from "@/app/(console)/policies/[slug]/edit/_components/asked-fields";
import { EFFECTS } from "@/components/domain/effect-badge";
import { SelectField, TextField } from "@/components/form/fields";
import { cn } from "@/components/ui/cn";
import { TONES } from "@/components/ui/tone";
import type { EditorWorld } from "@/lib/policies/builder/editor-world";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { LAPSES } from "@/lib/reviews/views";
import { DEFAULT_MAX_AGE, RULE_EFFECTS, type RuleEffect } from "@/lib/policies/schemas";

const WORDS: Record<RuleEffect, { label: string; says: string }> = {
  allow: { label: "Allow", says: "It may be done, where nothing else stops or asks." },
  review: { label: "Review", says: "It is done, and a person looks at it afterwards." },
  escalate: { label: "Escalate", says: "It waits until a person decides." },
  deny: { label: "Deny", says: "It is not done, whatever else is allowed." },
};

interface EffectFieldsProps {
  rule: DraftRule;
  onChange: (change: Partial<DraftRule>) => void;
  world: EditorWorld;
}

/** What happens when the rule holds. Only the fields that its effect has are shown, and kept. */
export function EffectFields({ rule, onChange, world }: EffectFieldsProps) {
  const signsIn = rule.effect === "escalate" && rule.ask === "reauthentication";
  return (
    <>
      <fieldset className="flex min-w-0 flex-col gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">Then</legend>
        <div className="grid grid-cols-2 gap-1.5 sm:grid-cols-4">
          {RULE_EFFECTS.map((effect) => (
            <EffectChoice
              key={effect}
              effect={effect}
              isChosen={rule.effect === effect}
              onChoose={() => onChange(ofEffect(effect))}
            />
          ))}
        </div>
        <p className="text-xs text-muted">{WORDS[rule.effect].says}</p>
      </fieldset>
      {rule.effect === "escalate" && (
        <SelectField
          name="ask"
          label="What it waits for"
          required
          className="max-w-80"
          value={rule.ask === "reauthentication" ? "reauthentication" : "approval"}
          onValueChange={(ask) =>
            onChange(
              ask === "reauthentication"
                ? { ...NOBODY_ASKED, ask, maxAge: DEFAULT_MAX_AGE, deadline: undefined }
                : { ask: undefined, maxAge: undefined },
            )
          }
          options={[
            { value: "approval", label: "An approval", hint: "A person who may decide says yes or no" },
            {
              value: "reauthentication",
              label: "A fresh sign-in",
              hint: "The person whom the run acts for signs in again",
            },
          ]}
        />
      )}
      {signsIn && (
        <TextField
          name="maxAge"
          label="Signed in within"
          hint="Such as 5m, 1h. An older sign-in does not count."
          value={rule.maxAge ?? ""}
          onChange={(event) => onChange({ maxAge: textOrNothing(event.target.value) })}
          className="max-w-60"
        />
      )}
      {rule.effect === "escalate" && !signsIn && <AskedFields rule={rule} onChange={onChange} world={world} />}
      {rule.effect === "review" && (
        <TextField
          name="deadline"
          label="Looked at within"
          hint="Such as 30m, 8h, 2d. Without it the organisation’s own time counts."
          value={rule.deadline ?? ""}
          onChange={(event) => onChange({ deadline: textOrNothing(event.target.value) })}
          className="max-w-60"
        />
      )}
      {rule.effect === "review" && (
        <SelectField
          name="onLapse"
          label="If nobody looks in time"
          required
          className="max-w-80"
          value={LAPSES.find((one) => one === rule.onLapse) ?? "accept"}
          onValueChange={(lapse) => onChange({ onLapse: lapse === "accept" ? undefined : lapse })}
          options={[
            { value: "accept", label: "It stands", hint: "The record says that nobody looked" },
            { value: "escalate", label: "Ask once more", hint: "Everybody above who may decide, for as long again" },
            { value: "rollback", label: "Roll it back", hint: "By the action that the catalogue names for it" },
          ]}
        />
      )}
      <TextField
        name="message"
        label="What the agent is told"
        hint="One sentence. Agents see nothing else of a rule."
        maxLength={300}
        value={rule.message ?? ""}
        onChange={(event) => onChange({ message: textOrNothing(event.target.value) })}
      />
    </>
  );
}

const textOrNothing = (text: string): string | undefined => (text === "" ? undefined : text);

const NOBODY_ASKED = {
  to: undefined,
  // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
  then: undefined,
  quorum: undefined,
  excludeOwner: undefined,
  onDeadline: undefined,
} satisfies Partial<DraftRule>;

/** What one effect has and another has not goes with it. */
function ofEffect(effect: RuleEffect): Partial<DraftRule> {
  if (effect === "escalate") return { effect, onLapse: undefined };
  const none = { ...NOBODY_ASKED, ask: undefined, maxAge: undefined };
  return effect === "review" ? { effect, ...none } : { effect, ...none, deadline: undefined, onLapse: undefined };
}

function EffectChoice({ effect, isChosen, onChoose }: { effect: RuleEffect; isChosen: boolean; onChoose: () => void }) {
  const { icon: Icon, tone } = EFFECTS[effect];
  return (
    <label
      className={cn(
        "relative flex h-9 cursor-pointer items-center justify-center gap-1.5 rounded-md border text-sm has-focus-visible:outline-2 has-focus-visible:outline-ring",
        isChosen ? cn(TONES[tone].soft, "font-medium") : "border-line-strong bg-surface text-muted hover:bg-surface-2",
      )}
    >
      <input type="radio" name="effect" className="sr-only" checked={isChosen} onChange={onChoose} value={effect} />
      <Icon aria-hidden className="size-4" />
      {WORDS[effect].label}
    </label>
  );
}
