import Link from "next/link";

import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { CheckpointRow } from "@/lib/audit/checkpoints/queries";

/** The last checkpoint, and what of all these records (decimal text) it does not vouch for yet. */
export function CheckpointLine({ last, records }: { last: CheckpointRow | null; records: string }) {
  const link = (
    <Link href="/audit/checkpoints" className="rounded-sm font-medium underline underline-offset-4">
      {last === null ? "Checkpoints" : `Checkpoint ${last.seq}`}
    </Link>
  );
  if (last === null) return <>{link}: none was made yet.</>;
  const since = Math.max(0, Number(records) - Number(last.records));
  return (
    <>
      {link}, <Time value={last.at} />, signs {formatPlural(Number(last.records), "record")};{" "}
      {since === 0
        ? "nothing was recorded since"
        : `${formatCount(since)} ${since === 1 ? "was" : "were"} recorded since`}
      .{!last.own && " It was signed by another key than this installation's."}
    </>
  );
}
