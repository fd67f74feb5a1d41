import type { ReactNode } from "react";

import { requireViewer } from "@/lib/auth/session";

/** Above the skeleton of the list: once that has been sent, the answer could no longer be a 404. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  await requireViewer("audit.read");
  return children;
}
