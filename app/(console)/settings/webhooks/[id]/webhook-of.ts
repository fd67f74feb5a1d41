import { cache } from "react";

import { requireViewer } from "@/lib/auth/session";
import { readWebhook } from "@/lib/notify/webhooks/queries";

/** The webhook of this page for this viewer, asked for once per request by layout and page. */
export const webhookOf = cache(async (id: string) => readWebhook(await requireViewer("organisation.write"), id));
