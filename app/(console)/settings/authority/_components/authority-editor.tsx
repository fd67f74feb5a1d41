"use client";
import { useState } from "react";

import { BudgetsCard } from "@/app/(console)/settings/authority/_components/budgets-card";
import { DecidingCard } from "@/app/(console)/settings/authority/_components/deciding-card";
import { LimitsCard } from "@/app/(console)/settings/authority/_components/limits-card";
import { MatrixGrid } from "@/app/(console)/settings/authority/_components/matrix-grid";
import { ReadinessCard } from "@/app/(console)/settings/authority/_components/readiness-card";
import { SaveBar } from "@/app/(console)/settings/authority/_components/save-bar";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Kbd } from "@/components/ui/kbd";
import { TIER_HINTS } from "@/components/domain/tiers";
import { authorityDifferences, authoritySettings, type AuthoritySettings } from "@/lib/tiers/authority-settings";
import {
  CARE_EFFECTS,
  DEFAULT_REVERSIBILITY,
  DEFAULT_TIERS,
  IMPACTS,
  KINDS,
  REVERSIBILITIES,
  TIER_EFFECTS,
  TIERS,
} from "@/lib/tiers/matrices";
import { DEFAULT_SETTINGS } from "@/lib/tiers/settings";

const UNDO_HINTS: Record<(typeof REVERSIBILITIES)[number], string> = {
  reversible: "can be taken back",
  compensable: "can be made good",
  irreversible: "stays done",
};
const BUILT_IN = authoritySettings(DEFAULT_SETTINGS);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

interface AuthorityEditorProps {
  stored: AuthoritySettings;
  basis: string;
  mayEdit: boolean;
}

/** The matrices and limits, edited together: nothing binds until it is reviewed and saved. */
export function AuthorityEditor({ stored, basis, mayEdit }: AuthorityEditorProps) {
  const [draft, setDraft] = useState(stored);
  const change = (part: Partial<AuthoritySettings>) => setDraft((now) => ({ ...now, ...part }));
  const dirty = !same(draft, stored);
  const own = Object.keys(authorityDifferences(draft));
  return (
    <>
      {!mayEdit && (
        <p className="text-sm text-muted">You may read these. An admin of the whole organisation changes them.</p>
      )}
      <Card>
        <CardHeader
          title="What each tier may do"
          description="By the kind of the action. Tiers stand in order of trust; only an execute changes the world."
          actions={
            <Reset
              label="the tiers"
              shown={mayEdit && own.includes("tiers")}
              onPress={() => change({ tiers: DEFAULT_TIERS })}
            />
          }
        />
        <CardBody className="max-sm:px-2">
          <MatrixGrid
            label="Tier by kind of action"
            rows={TIERS.map((tier) => ({ id: tier, label: capital(tier), hint: TIER_HINTS[tier] }))}
            columns={KINDS.map((kind) => ({ id: kind, label: capital(kind) }))}
            options={TIER_EFFECTS}
            value={draft.tiers}
            saved={stored.tiers}
            builtIn={DEFAULT_TIERS}
            readOnly={!mayEdit}
            onChange={(tiers) => change({ tiers })}
          />
        </CardBody>
        {mayEdit && <GridKeys letters={["a", "e", "d"]} words="allow, ask, deny" />}
      </Card>
      <Card>
        <CardHeader
          title="How carefully an execute goes ahead"
          description="By how hard it is to undo and how much it matters, where the tier allows it and no rule says otherwise."
          actions={
            <Reset
              label="reversibility by impact"
              shown={mayEdit && own.includes("reversibility")}
              onPress={() => change({ reversibility: DEFAULT_REVERSIBILITY })}
            />
          }
        />
        <CardBody className="max-sm:px-2">
          <MatrixGrid
            label="Reversibility by impact"
            rows={REVERSIBILITIES.map((undo) => ({ id: undo, label: capital(undo), hint: UNDO_HINTS[undo] }))}
            columns={IMPACTS.map((impact) => ({ id: impact, label: capital(impact), unit: "impact" }))}
            options={CARE_EFFECTS}
            value={draft.reversibility}
            saved={stored.reversibility}
            builtIn={DEFAULT_REVERSIBILITY}
            readOnly={!mayEdit}
            onChange={(reversibility) => change({ reversibility })}
          />
        </CardBody>
        {mayEdit && <GridKeys letters={["a", "r", "e"]} words="allow, review, ask" />}
      </Card>
      <LimitsCard draft={draft} stored={stored} builtIn={BUILT_IN} readOnly={!mayEdit} onChange={change} />
      <BudgetsCard
        draft={draft.budgets}
        stored={stored.budgets}
        builtIn={BUILT_IN.budgets}
        readOnly={!mayEdit}
        onChange={(budgets) => change({ budgets })}
      />
      <DecidingCard
        draft={draft.approvals}
        stored={stored.approvals}
        builtIn={BUILT_IN.approvals}
        readOnly={!mayEdit}
        onChange={(approvals) => change({ approvals })}
      />
      <ReadinessCard
        draft={draft.autonomy}
        stored={stored.autonomy}
        builtIn={BUILT_IN.autonomy}
        readOnly={!mayEdit}
        onChange={(autonomy) => change({ autonomy })}
      />
      {dirty && <SaveBar draft={draft} stored={stored} basis={basis} onDiscard={() => setDraft(stored)} />}
    </>
  );
}

function Reset({ label, shown, onPress }: { label: string; shown: boolean; onPress: () => void }) {
  if (!shown) return null;
  return (
    <Button size="sm" variant="ghost" aria-label={`Reset ${label}`} onClick={onPress}>
      Reset
    </Button>
  );
}

function GridKeys({ letters, words }: { letters: readonly string[]; words: string }) {
  return (
    <CardFooter className="flex-wrap">
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden className="size-1.5 rounded-full bg-current" />
        differs from the built-in one
      </span>
      <span className="ml-auto inline-flex flex-wrap items-center gap-1 max-md:hidden">
        Arrows move,
        {letters.map((letter) => (
          <Kbd key={letter} keys={letter} />
        ))}
        {words}, <Kbd keys="backspace" /> built in
      </span>
    </CardFooter>
  );
}
