import { SearchX } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export default function PolicyNotFound() {
  return (
    <Page>
      <EmptyState
        level={1}
        icon={SearchX}
        title="No such policy"
        description="It may have another name, or none of its rules is about an agent in your part of the chart."
        action={
          <Button asChild>
            <Link href="/policies">All policies</Link>
          </Button>
        }
      />
    </Page>
  );
}
