import { SearchX } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

export default function ReportNotFound() {
  return (
    <Page>
      <EmptyState
        level={1}
        icon={SearchX}
        title="No such report"
        description="There is none of this address."
        action={
          <Button asChild>
            <Link href="/autonomy/reports">All reports</Link>
          </Button>
        }
      />
    </Page>
  );
}
