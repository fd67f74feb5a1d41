import { cache } from "react";

import { requireViewer } from "@/lib/auth/session";
import { getPerson } from "@/lib/people/queries";

/** The person of this page for this viewer, asked for once per request by layout and page. */
export const personOf = cache(async (id: string) => getPerson(await requireViewer(), id));
