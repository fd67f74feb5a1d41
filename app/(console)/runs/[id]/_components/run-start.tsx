import { Play } from "lucide-react";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import type { RunDetail } from "@/lib/runs/views";
import { Bookend } from "./bookend";

/** What it was started with. */
export function RunStart({ run }: { run: RunDetail }) {
  const { instruction, model } = run.trail;
  return (
    <Bookend
      icon={<Play aria-hidden className="mt-0.5 size-4 shrink-0 text-info-text" />}
      title="Started"
      aside={<Time value={run.startedAt} format="second" />}
      place="start"
    >
      {instruction !== null && <p className="text-sm whitespace-pre-wrap wrap-anywhere">{instruction}</p>}
      {model !== null && <p className="text-xs text-muted">With {model}</p>}
      {run.input !== null && <JsonView value={run.input} label="Input" depth={1} />}
    </Bookend>
  );
}
