import { Compass } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

export default function ConsoleNotFound() {
  return (
    <EmptyState
      level={1}
      icon={Compass}
      title="There is nothing here"
      description="The address is wrong, or it leads to something outside what you may see."
      action={
        <Button asChild variant="primary">
          <Link href="/">Go to the overview</Link>
        </Button>
      }
    />
  );
}
