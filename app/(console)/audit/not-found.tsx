import { SearchX } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export default function RecordNotFound() {
  return (
    <Page>
      <EmptyState
        level={1}
        icon={SearchX}
        title="No such record"
        description="There is none of this number in the chain, or it is about a part of the chart whose audit you cannot read."
        action={
          <Button asChild>
            <Link href="/audit">All records</Link>
          </Button>
        }
      />
    </Page>
  );
}
