"use client";
import { Link2, ShieldAlert, ShieldCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { recordHref } from "@/app/(console)/audit/_components/record-href";
import { useVerification, type VerificationState } from "@/app/(console)/audit/_components/use-verification";
import type { ShownFault } from "@/app/(console)/audit/verify/messages";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format/duration";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { TONES, type Tone } from "@/components/ui/tone";

interface ChainStatusProps {
  streams: number;
  /** Decimal text. */
  records: string;
  last: { at: Date; streams: number; records: number; faults: number } | null;
  /** The last checkpoint, in words. */
  children: ReactNode;
}

/** Whether the chains are whole: as last verified by anybody, or now, on request. */
export function ChainStatus({ streams, records, last, children }: ChainStatusProps) {
  const { state, start } = useVerification();
  const { tone, icon: Icon } = lookOf(state, last);
  const size = `${formatPlural(Number(records), "record")} in ${formatPlural(streams, "chain")}`;
  return (
    <section aria-label="Integrity of the record" className={cn("rounded-lg border px-4 py-2.5", TONES[tone].soft)}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Icon aria-hidden className="size-4 shrink-0" />
        <div aria-live="polite" className="min-w-0 flex-1 basis-56 text-sm">
          <Words state={state} last={last} size={size} />
        </div>
        <p className="order-last basis-full pl-7 text-xs">{children}</p>
        <Button size="sm" pending={state.type === "progress"} onClick={start}>
          Verify {last === null && state.type !== "done" ? "the chain" : "again"}
        </Button>
      </div>
      {state.type === "progress" && (
        <Progress className="mt-2" label="Records verified" value={state.records} max={Math.max(state.total, 1)} />
      )}
      {state.type === "done" && state.faults.length > 0 && <Faults faults={state.faults} />}
    </section>
  );
}

function Words({
  state,
  last,
  size,
}: {
  state: VerificationState;
  last: ChainStatusProps["last"];
  size: string;
}): ReactNode {
  switch (state.type) {
    case "progress":
      return `Verifying: ${formatCount(state.records)} of ${formatCount(state.total)} records, ${formatCount(state.streamsDone)} of ${formatPlural(state.streams, "chain")} done`;
    case "failed":
      return state.message;
    case "done":
      return state.faults.length === 0
        ? `Whole. ${formatPlural(state.records, "record")} in ${formatPlural(state.streams, "chain")} verified in ${formatDuration(state.tookMs)}: every hash, link, column and head, every decision, approval and review against its records${signed(state)}.`
        : `Not whole: ${notWhole(state.faults)}. Somebody changed what was recorded.`;
    case "idle":
      if (last === null) return `${size}. Nobody has verified it yet.`;
      return (
        <>
          {last.faults === 0 ? "Whole" : `Not whole (${formatPlural(last.faults, "fault")})`} when last verified{" "}
          <Time value={last.at} />, over {formatPlural(last.records, "record")}. Now {size}.
        </>
      );
  }
}

/** How many of what: a fault of a chain stands for all behind it, one of an approval or a review for itself. */
function notWhole(faults: readonly ShownFault[]): string {
  const counted = (["approval", "review"] as const).map((kind) => ({
    name: kind,
    count: faults.filter((fault) => isAbout(fault, kind)).length,
  }));
  const chains = faults.length - counted.reduce((sum, { count }) => sum + count, 0);
  return [{ name: "chain", count: chains }, ...counted]
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => formatPlural(count, name))
    .join(", ");
}

const isAbout = ({ stream }: ShownFault, kind: "approval" | "review"): boolean => stream.startsWith(`${kind}/`);

/** What is said of the checkpoints that were verified, too. */
function signed({ checkpoints, strangers }: { checkpoints: number; strangers: readonly string[] }): string {
  if (checkpoints === 0) return "";
  const others =
    strangers.length === 0 ? "" : `, some signed by a key that is not this installation's: ${strangers.join(", ")}`;
  return `, and ${formatPlural(checkpoints, "checkpoint")}${others}`;
}

function lookOf(state: VerificationState, last: ChainStatusProps["last"]): { tone: Tone; icon: typeof Link2 } {
  if (state.type === "progress") return { tone: "neutral", icon: Link2 };
  if (state.type === "failed") return { tone: "escalate", icon: ShieldAlert };
  const faults = state.type === "done" ? state.faults.length : last?.faults;
  if (faults === undefined) return { tone: "neutral", icon: Link2 };
  return faults === 0 ? { tone: "allow", icon: ShieldCheck } : { tone: "deny", icon: ShieldAlert };
}

/** The streams of faults that are about no record: see verify-decisions and verify-checkpoints. */
const UNRECORDED = ["decision", "checkpoint"];

function Faults({ faults }: { faults: readonly ShownFault[] }) {
  return (
    <ul className="mt-2 flex flex-col gap-1 border-t border-deny-line pt-2 text-sm">
      {faults.slice(0, 20).map((fault) => (
        <li key={`${fault.stream} ${fault.seq}`} className="wrap-anywhere">
          <FaultLine fault={fault} />
        </li>
      ))}
      {faults.length > 20 && <li>And {formatPlural(faults.length - 20, "fault")} more.</li>}
    </ul>
  );
}

function FaultLine({ fault }: { fault: ShownFault }) {
  const { stream, seq, message } = fault;
  if (UNRECORDED.includes(stream)) return message;
  if (isAbout(fault, "approval") || isAbout(fault, "review"))
    return (
      <>
        {message}{" "}
        <Link href={`/${stream.replace("/", "s/")}`} className="underline underline-offset-4">
          Open it
        </Link>
      </>
    );
  return (
    <>
      <Link href={recordHref(fault)} className="font-mono text-xs underline underline-offset-4">
        {stream} #{seq}
      </Link>{" "}
      {message} Nothing after it in this chain can be vouched for.
    </>
  );
}
