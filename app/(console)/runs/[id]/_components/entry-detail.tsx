"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Hash } from "@/components/ui/hash";
import { JsonView } from "@/components/ui/json-view";
import { KeyValueList } from "@/components/ui/key-value";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { EntryDetail } from "@/lib/runs/entry-detail";
import type { DecisionEntry, EventEntry } from "@/lib/runs/timeline";
import { DecisionView } from "../../../_evidence/decision-view";

type Loaded = { state: "loading" } | { state: "failed" } | { state: "here"; detail: EntryDetail };

/** The whole of an entry, asked for when it is opened. */
export function EntryDetailView({ runId, entry }: { runId: string; entry: EventEntry | DecisionEntry }) {
  const [attempt, setAttempt] = useState(0);
  return <Attempt key={attempt} runId={runId} entry={entry} retry={() => setAttempt(attempt + 1)} />;
}

interface AttemptProps {
  runId: string;
  entry: EventEntry | DecisionEntry;
  retry: () => void;
}

function Attempt({ runId, entry, retry }: AttemptProps) {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  useEffect(() => {
    const abort = new AbortController();
    fetchEntry(runId, entry.key, abort.signal).then(
      (detail) => setLoaded({ state: "here", detail }),
      () => {
        if (!abort.signal.aborted) setLoaded({ state: "failed" });
      },
    );
    return () => abort.abort();
  }, [runId, entry.key]);

  switch (loaded.state) {
    case "loading":
      return (
        <LoadingRegion className="flex flex-col gap-2">
          <Skeleton className="w-64" />
          <Skeleton className="w-40" />
        </LoadingRegion>
      );
    case "failed":
      return (
        <Banner
          role="alert"
          tone="deny"
          actions={
            <Button size="xs" onClick={retry}>
              Try again
            </Button>
          }
        >
          This entry could not be loaded.
        </Banner>
      );
    case "here":
      return loaded.detail.type === "decision" ? (
        <DecisionView decision={loaded.detail.decision} link />
      ) : (
        <EventDetail runId={runId} entry={entry} detail={loaded.detail} />
      );
  }
}

async function fetchEntry(runId: string, key: string, signal: AbortSignal): Promise<EntryDetail> {
  const response = await fetch(`/runs/${runId}/entry?key=${encodeURIComponent(key)}`, { signal });
  if (!response.ok) throw new Error(`entry: ${response.status}`);
  return await response.json();
}

function EventDetail({
  runId,
  entry,
  detail,
}: {
  runId: string;
  entry: EventEntry | DecisionEntry;
  detail: EntryDetail & { type: "event" };
}) {
  if (entry.type !== "event") return null;
  const hrefOf = (key: string) => `/runs/${runId}?entry=${encodeURIComponent(key)}`;
  return (
    <div className="flex flex-col gap-3">
      <JsonView value={detail.payload} label="What it carried" depth={2} />
      <KeyValueList
        items={[
          { label: "Kind", value: entry.kind },
          { label: "Its own time", value: <Time value={entry.at} format="second" /> },
          { label: "Received", value: <Time value={detail.receivedAt} format="second" /> },
          { label: "Client's id", value: <span className="font-mono text-xs">{entry.id}</span> },
          ...(entry.parentEventId === null
            ? []
            : [
                {
                  label: "Part of",
                  value: <EntryLink href={hrefOf(`event:${entry.parentEventId}`)}>{entry.parentEventId}</EntryLink>,
                },
              ]),
          ...(entry.decisionId === null
            ? []
            : [
                {
                  label: "Under the decision",
                  value: (
                    <EntryLink
                      href={hrefOf(`decision:${entry.decisionId}`)}
                    >{`…${entry.decisionId.slice(-8)}`}</EntryLink>
                  ),
                },
              ]),
          {
            label: "Content hash",
            value: <Hash value={detail.contentHash} label="content hash" show={{ start: 16 }} />,
          },
        ]}
      />
    </div>
  );
}

function EntryLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="font-mono text-xs text-accent-text underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
