import { cache } from "react";
import { requireViewer } from "@/lib/auth/session";
import { incidentTitle } from "@/lib/incidents/queries";

/** Read once per request, for the title and for the 404. */
export const titleOf = cache(async (id: string) => incidentTitle(await requireViewer("incident.read"), id));
