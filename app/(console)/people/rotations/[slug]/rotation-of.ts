import { cache } from "react";

import { requireViewer } from "@/lib/auth/session";
import { getRotation } from "@/lib/rotations/queries";

/** The rotation of this page for this viewer, asked for once per request by layout and page. */
export const rotationOf = cache(async (slug: string) => getRotation(await requireViewer("chart.read"), slug));
