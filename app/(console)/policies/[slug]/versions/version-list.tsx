import Link from "next/link";

import { ReturnButton } from "@/app/(console)/policies/[slug]/versions/return-button";
import { compareHref, type VersionName } from "@/app/(console)/policies/[slug]/versions/search-params";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { VersionLine } from "@/lib/policies/views";

interface VersionListProps {
  slug: string;
  /** Newest first. */
  versions: readonly VersionLine[];
  /** The newer side of the comparison. */
  shown: VersionName;
  mayReturn: boolean;
  hasDraft: boolean;
  /** The number below which there are more. */
  more: number | null;
}

/** All versions, each leading to what it changed. */
export function VersionList({ slug, versions, shown, mayReturn, hasDraft, more }: VersionListProps) {
  return (
    <Card>
      <CardHeader title="History" description={formatPlural(versions.length, "version")} />
      <ol aria-label="Versions, newest first" className="max-h-[70vh] divide-y divide-line overflow-y-auto">
        {versions.map((version) => (
          <li
            key={version.number}
            className={cn("flex flex-col gap-1 px-4 py-2.5 text-sm", version.number === shown && "bg-surface-2")}
          >
            <div className="flex flex-wrap items-center gap-2">
              <Link
                href={compareHref(slug, null, version.number)}
                scroll={false}
                aria-current={version.number === shown ? "true" : undefined}
                className="font-medium underline-offset-2 hover:underline"
              >
                Version {version.number}
              </Link>
              {version.inForce && <Badge tone="allow">in force</Badge>}
              {version.unreadable > 0 && <Badge tone="deny">{version.unreadable} unreadable</Badge>}
              <span className="ml-auto text-xs text-muted">{formatPlural(version.rules, "rule")}</span>
            </div>
            {version.note !== null && <p className="wrap-anywhere">{version.note}</p>}
            <div className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
              <span>
                <Time value={version.at} /> by {version.by?.name ?? "the operator"}
              </span>
              {mayReturn && !version.inForce && (
                <span className="ml-auto">
                  <ReturnButton slug={slug} version={version.number} hasDraft={hasDraft} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
      {more !== null && (
        <Link
          href={`/policies/${slug}/versions?below=${more}`}
          className="block border-t border-line px-4 py-2.5 text-sm text-accent-text"
        >
          Older versions
        </Link>
      )}
    </Card>
  );
}
