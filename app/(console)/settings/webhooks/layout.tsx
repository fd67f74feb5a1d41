import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { requireViewer } from "@/lib/auth/session";
import { managesWebhooks } from "@/lib/notify/webhooks/queries";

/** Decides above the skeletons: for who does not manage webhooks there is no such place. */
export default async function WebhooksLayout({ children }: { children: ReactNode }) {
  if (!managesWebhooks(await requireViewer("organisation.write"))) notFound();
  return children;
}
