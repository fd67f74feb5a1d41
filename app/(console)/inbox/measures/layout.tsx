import type { ReactNode } from "react";

import { requireViewer } from "@/lib/auth/session";

/** Above the skeletons, so that it is a 404 for who may not see it. */
export default async function MeasuresLayout({ children }: { children: ReactNode }) {
  await requireViewer("measures.read");
  return children;
}
