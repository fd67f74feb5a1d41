import { SearchX } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export default function AgentNotFound() {
  return (
    <Page>
      <EmptyState
        level={1}
        icon={SearchX}
        title="No such agent"
        description="It may have another name now, or it belongs to a part of the chart that you cannot see."
        action={
          <Button asChild>
            <Link href="/agents">All agents</Link>
          </Button>
        }
      />
    </Page>
  );
}
