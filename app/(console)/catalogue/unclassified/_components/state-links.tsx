import Link from "next/link";

import { unclassifiedParams } from "@/app/(console)/catalogue/unclassified/search-params";
import { Button } from "@/components/ui/button";

/** To the dismissed ones and back. */
export function StateLinks({ state }: { state: "waiting" | "dismissed" }) {
  const other = state === "waiting" ? "dismissed" : "waiting";
  return (
    <Button asChild size="sm">
      <Link href={unclassifiedParams.href("/catalogue/unclassified", { state: other })}>
        {other === "dismissed" ? "Show dismissed" : "Show waiting"}
      </Link>
    </Button>
  );
}
