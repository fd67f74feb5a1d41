"use client";
import { NumberRow } from "@/app/(console)/settings/authority/_components/number-row";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { formatDuration } from "@/components/ui/format/duration";
import type { AuthoritySettings } from "@/lib/tiers/authority-settings";
import { IMPACTS, KINDS } from "@/lib/tiers/matrices";

const MONTH_MINUTES = 44_640;
const MINUTE_MS = 60_000;

const span = (minutes: number, words: string): string =>
  Number.isFinite(minutes) ? `${formatDuration(minutes * MINUTE_MS)} ${words}` : words;

interface LimitsCardProps {
  draft: AuthoritySettings;
  stored: AuthoritySettings;
  builtIn: AuthoritySettings;
  readOnly: boolean;
  onChange: (part: Partial<AuthoritySettings>) => void;
}

/** Evidence, time for people, and depth of delegation. */
export function LimitsCard({ draft, stored, builtIn, readOnly, onChange }: LimitsCardProps) {
  const percent = (settings: AuthoritySettings): number => Math.round(settings.evidence.confidenceFloor * 100);
  const { approvals, evidence } = draft;
  return (
    <Card>
      <CardHeader title="Evidence, time and depth" description="A rule may say otherwise for what it matches." />
      <CardBody className="divide-y divide-line py-1">
        <NumberRow
          label="Confidence floor"
          hint={
            percent(draft) === 0
              ? "0 asks nobody, however unsure an agent says it is."
              : "A stated confidence below it asks a person."
          }
          unit="%"
          min={0}
          max={100}
          value={percent(draft)}
          saved={percent(stored)}
          builtIn={percent(builtIn)}
          readOnly={readOnly}
          onChange={(value) => onChange({ evidence: { ...evidence, confidenceFloor: value / 100 } })}
        />
        <fieldset className="py-2.5">
          <legend className="text-sm font-medium">The floor is about</legend>
          <div className="mt-1.5 flex flex-wrap gap-x-5 gap-y-2">
            {KINDS.map((kind) => (
              <label key={kind} className="inline-flex items-center gap-2 text-sm capitalize">
                <Checkbox
                  disabled={readOnly}
                  checked={evidence.kinds.includes(kind)}
                  onCheckedChange={(on) =>
                    onChange({
                      evidence: {
                        ...evidence,
                        kinds: KINDS.filter((one) => (one === kind ? on === true : evidence.kinds.includes(one))),
                      },
                    })
                  }
                />
                {kind}
              </label>
            ))}
          </div>
        </fieldset>
        {IMPACTS.map((impact) => (
          <NumberRow
            key={impact}
            label={`Time to decide, ${impact} risk`}
            hint={span(approvals.deadlineMinutes[impact], "until the request expires. Nothing is allowed then.")}
            unit="minutes"
            min={1}
            max={MONTH_MINUTES}
            value={approvals.deadlineMinutes[impact]}
            saved={stored.approvals.deadlineMinutes[impact]}
            builtIn={builtIn.approvals.deadlineMinutes[impact]}
            readOnly={readOnly}
            onChange={(value) =>
              onChange({
                approvals: { ...approvals, deadlineMinutes: { ...approvals.deadlineMinutes, [impact]: value } },
              })
            }
          />
        ))}
        {IMPACTS.map((impact) => (
          <NumberRow
            key={impact}
            label={`Next person above, ${impact} risk`}
            hint={span(
              approvals.nextContactMinutes[impact],
              "until the next is asked as well, where no rule names one.",
            )}
            unit="minutes"
            min={1}
            max={MONTH_MINUTES}
            value={approvals.nextContactMinutes[impact]}
            saved={stored.approvals.nextContactMinutes[impact]}
            builtIn={builtIn.approvals.nextContactMinutes[impact]}
            readOnly={readOnly}
            onChange={(value) =>
              onChange({
                approvals: { ...approvals, nextContactMinutes: { ...approvals.nextContactMinutes, [impact]: value } },
              })
            }
          />
        ))}
        <NumberRow
          label="An approval holds for"
          hint={span(approvals.validMinutes, "to use it, once, for exactly what was approved.")}
          unit="minutes"
          min={1}
          max={MONTH_MINUTES}
          value={approvals.validMinutes}
          saved={stored.approvals.validMinutes}
          builtIn={builtIn.approvals.validMinutes}
          readOnly={readOnly}
          onChange={(value) => onChange({ approvals: { ...approvals, validMinutes: value } })}
        />
        <NumberRow
          label="Time to review"
          hint={span(draft.reviewMinutes, "for whoever looks at what was allowed with review.")}
          unit="minutes"
          min={1}
          max={MONTH_MINUTES}
          value={draft.reviewMinutes}
          saved={stored.reviewMinutes}
          builtIn={builtIn.reviewMinutes}
          readOnly={readOnly}
          onChange={(value) => onChange({ reviewMinutes: value })}
        />
        <NumberRow
          label="Time to roll back"
          hint={span(draft.rollbackMinutes, "for the system to undo what a person rolls back. Then it has failed.")}
          unit="minutes"
          min={1}
          max={MONTH_MINUTES}
          value={draft.rollbackMinutes}
          saved={stored.rollbackMinutes}
          builtIn={builtIn.rollbackMinutes}
          readOnly={readOnly}
          onChange={(value) => onChange({ rollbackMinutes: value })}
        />
        <NumberRow
          label="Delegation depth"
          hint="How many runs may stand between one that nobody delegated and the last. 0 forbids delegation."
          unit="levels"
          min={0}
          max={64}
          value={draft.delegation.maxDepth}
          saved={stored.delegation.maxDepth}
          builtIn={builtIn.delegation.maxDepth}
          readOnly={readOnly}
          onChange={(value) => onChange({ delegation: { maxDepth: value } })}
        />
      </CardBody>
    </Card>
  );
}
