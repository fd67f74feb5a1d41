import { FilePen, Hand } from "lucide-react";
import Link from "next/link";

import { DiscardDraft } from "@/app/(console)/policies/_components/discard-draft";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { DraftSummary } from "@/lib/policies/views";

interface DraftBannerProps {
  slug: string;
  draft: DraftSummary & { name: string; rules: DraftRule[] };
  /** How many rules differ from what is in force. */
  differs: number;
  /** Another version came into force since it was begun. */
  behind: boolean;
  /** The policy was never in force. */
  onlyDraft: boolean;
  mayWrite: boolean;
}

/** That somebody works on the policy, how far it differs, and what can be done about it. */
export function DraftBanner({ slug, draft, differs, behind, onlyDraft, mayWrite }: DraftBannerProps) {
  const proposed = draft.state === "proposed";
  const authors = draft.authors.map((author) => author.name).join(", ") || "The operator";
  return (
    <Banner
      tone={proposed ? "review" : "info"}
      icon={proposed ? <Hand aria-hidden /> : <FilePen aria-hidden />}
      className="flex-wrap"
      title={
        proposed
          ? `${draft.proposedBy?.name ?? "The operator"} proposes a new version`
          : `${authors} ${draft.authors.length > 1 ? "work" : "works"} on a draft`
      }
      actions={
        <span className="flex flex-wrap items-center gap-2">
          {mayWrite && <DiscardDraft slug={slug} draft={pick(draft)} onlyDraft={onlyDraft} />}
          {mayWrite && (
            <Button asChild size="sm">
              <Link href={`/policies/${slug}/edit`}>Continue</Link>
            </Button>
          )}
          <Button asChild size="sm" variant="primary">
            <Link href={`/policies/${slug}/publish`}>{mayWrite ? "Review and publish" : "See what changes"}</Link>
          </Button>
        </span>
      }
    >
      <p>
        {differs === 0
          ? "No rule differs from what is in force"
          : `${formatPlural(differs, "rule")} differ${differs === 1 ? "s" : ""} from what is in force`}
        , saved <Time value={draft.updatedAt} />
        {draft.updatedBy !== null && ` by ${draft.updatedBy.name}`}.
        {behind && " Another version came into force since it was begun."}
      </p>
    </Banner>
  );
}

/** No more than the button needs crosses to the browser. */
const pick = ({ id, revision, name, rules }: DraftBannerProps["draft"]) => ({ id, revision, name, rules });
