"use client";
import { ShieldAlert } from "lucide-react";
import { useEffect, useState } from "react";

import { previewEffect, saveAuthority } from "@/app/(console)/settings/authority/actions";
import { EffectList, type Effect } from "@/app/(console)/settings/authority/_components/effect-list";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { reaching } from "@/components/form/unreachable";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { AuthoritySettings } from "@/lib/tiers/authority-settings";
import { authoritySettingsSchema } from "@/lib/tiers/schemas";
import { loosened, type OutcomeChange } from "@/lib/tiers/settings-effect";

/** How long a cell rests before what it would do is computed. */
const REST_MS = 300;

interface SaveBarProps {
  draft: AuthoritySettings;
  stored: AuthoritySettings;
  basis: string;
  onDiscard: () => void;
}

/** Stays in sight while something is not saved: what it would do to the agents there are, and the way to save it. */
export function SaveBar({ draft, stored, basis, onDiscard }: SaveBarProps) {
  const [computed, setComputed] = useState<{ of: AuthoritySettings; effect: readonly OutcomeChange[] | "failed" }>();
  const valid = authoritySettingsSchema.safeParse(draft).success;
  const effect: Effect = !valid ? "invalid" : computed?.of === draft ? computed.effect : "computing";
  useEffect(() => {
    if (!valid) return;
    let stale = false;
    const compute = async () => {
      const result = await reaching(() => previewEffect({ settings: mutable(draft) }));
      if (!stale) setComputed({ of: draft, effect: result.ok ? result.value : "failed" });
    };
    const timer = setTimeout(() => void compute(), REST_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [draft, valid]);
  const looser = loosened(stored, draft);
  const looserAgents =
    typeof effect === "string"
      ? 0
      : effect.filter((change) => change.looser).reduce((sum, change) => sum + change.agents, 0);
  return (
    <div className="sticky bottom-3 z-20 flex flex-col gap-3 rounded-lg border border-line-strong bg-overlay px-4 py-3 shadow-overlay">
      <div className="max-h-48 overflow-y-auto">
        <EffectList effect={effect} />
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="mr-auto text-sm text-muted">{valid ? "Not saved yet." : "A value is out of its bounds."}</p>
        <Button variant="ghost" onClick={onDiscard}>
          Discard
        </Button>
        <ReasonDialog
          title={looser.length > 0 ? "Let agents do more" : "Save these settings"}
          description="They bind the very next decision of every agent, also in runs that are under way."
          confirm={looser.length > 0 ? "Loosen and save" : "Save"}
          tone={looser.length > 0 ? "danger" : "primary"}
          action={(fields) => saveAuthority({ settings: mutable(draft), basis, reason: fields.text("reason") })}
          onDone={() => toast.success("The settings are in force")}
          trigger={
            <Button variant="primary" disabled={!valid}>
              Review and save
            </Button>
          }
        >
          {looser.length > 0 && (
            <Banner
              tone="escalate"
              icon={<ShieldAlert aria-hidden />}
              title={
                looserAgents > 0
                  ? `${looserAgents === 1 ? "One agent" : `${looserAgents} agents`} could then do more unasked.`
                  : "This loosens what agents may do."
              }
            >
              <ul className="mt-1 list-disc pl-4">
                {looser.map((words) => (
                  <li key={words} className="first-letter:uppercase">
                    {words}
                  </li>
                ))}
              </ul>
            </Banner>
          )}
          <EffectList effect={effect} />
        </ReasonDialog>
      </div>
    </div>
  );
}

/** As the action takes it: the settings in force share arrays that nobody may change. */
const mutable = (settings: AuthoritySettings) => ({
  ...settings,
  evidence: { ...settings.evidence, kinds: [...settings.evidence.kinds] },
});
