import { SearchX } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export default function ActionNotFound() {
  return (
    <Page>
      <EmptyState
        level={1}
        icon={SearchX}
        title="No such action"
        description="It is not in the catalogue. An agent that asks for it is escalated to its owner as unclassified."
        action={
          <Button asChild>
            <Link href="/catalogue">All actions</Link>
          </Button>
        }
      />
    </Page>
  );
}
