"use client";
import { FlaskConical } from "lucide-react";

import { cancelPolicySimulation } from "@/app/(console)/policies/[slug]/simulate/actions";
import { useAction } from "@/components/form/use-action";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatDuration } from "@/components/ui/format/duration";
import { formatCount, formatPercent } from "@/components/ui/format/number";
import { Progress } from "@/components/ui/progress";
import { useHydrated } from "@/components/ui/use-hydrated";
import { makeUseNow } from "@/components/ui/use-now";

const useNow = makeUseNow(1_000);

interface SimulationProgressProps {
  id: string;
  state: "queued" | "running";
  total: number;
  passed: number;
  /** ISO; null while it waits. */
  startedAt: string | null;
  mayCancel: boolean;
}

/** How far a simulation is, how fast it goes and how long it will take. */
export function SimulationProgress({ id, state, total, passed, startedAt, mayCancel }: SimulationProgressProps) {
  const now = useNow();
  // The server's clock is not the browser's: what depends on it comes with the script.
  const hydrated = useHydrated();
  const { run, pending } = useAction(cancelPolicySimulation);
  useHotkeys(
    [{ keys: "x", label: "Cancel the simulation", group: "Simulation", palette: true, run: () => run({ id }) }],
    { enabled: mayCancel && !pending },
  );
  const share = total === 0 ? 0 : passed / total;
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <FlaskConical className="size-4 text-accent-text" aria-hidden />
            {state === "queued" ? "Waiting for the worker" : "Deciding anew"}
          </span>
        }
        actions={
          mayCancel && (
            <Button size="sm" pending={pending} onClick={() => run({ id })}>
              Cancel
            </Button>
          )
        }
      />
      <CardBody className="flex flex-col gap-3">
        <Progress label="Decisions looked at" value={passed} max={Math.max(1, total)} className="h-2" />
        <p className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-xs text-muted tabular-nums" aria-live="off">
          {state === "queued" ? (
            <span>One simulation runs at a time; it begins within seconds, or when those before it are done.</span>
          ) : (
            <>
              <span>
                {formatCount(passed)} of {formatCount(total)} decisions · {formatPercent(share)}
              </span>
              {hydrated && startedAt !== null && (
                <Rate passed={passed} total={total} elapsedMs={now - Date.parse(startedAt)} />
              )}
            </>
          )}
        </p>
        <p className="text-xs text-muted">
          It reads in small steps beside everything else: gates and pages do not wait for it. You may leave this page.
        </p>
      </CardBody>
    </Card>
  );
}

function Rate({ passed, total, elapsedMs }: { passed: number; total: number; elapsedMs: number }) {
  if (passed === 0 || elapsedMs <= 0) return null;
  const perSecond = passed / (elapsedMs / 1_000);
  const leftMs = ((total - passed) / perSecond) * 1_000;
  return (
    <span>
      {formatCount(Math.round(perSecond))} a second · about {formatDuration(Math.max(1_000, Math.round(leftMs)))} left
    </span>
  );
}
