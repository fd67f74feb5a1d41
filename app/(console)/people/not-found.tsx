import { UserX } from "lucide-react";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function PersonNotFound() {
  return (
    <EmptyState
      level={1}
      icon={UserX}
      title="There is no such person here"
      description="They do not exist, or stand outside the part of the chart that you may see."
      action={
        <Button asChild>
          <Link href="/people">All people</Link>
        </Button>
      }
    />
  );
}
