import { SearchX } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <EmptyState
      level={1}
      icon={SearchX}
      title="No such incident"
      description="It does not exist, or it lies outside your part of the organisation."
      action={
        <Button asChild>
          <Link href="/incidents">To the incidents</Link>
        </Button>
      }
    />
  );
}
