import { SearchX } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

interface NoSuchProps {
  /** `run`: the page says "No such run". */
  what: string;
  /** Why there may be none: one sentence that does not tell which (invariant I12). */
  why: string;
  back: { href: string; label: string };
}

/** What a page shows of an id that does not exist or that the viewer may not see. */
export function NoSuch({ what, why, back }: NoSuchProps) {
  return (
    <Page>
      <EmptyState
        level={1}
        icon={SearchX}
        title={`No such ${what}`}
        description={why}
        action={
          <Button asChild>
            <Link href={back.href}>{back.label}</Link>
          </Button>
        }
      />
    </Page>
  );
}
