import { notFound, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";

import { loadViewer, type SessionClaims } from "@/lib/auth/load-viewer";
import { authOptions } from "@/lib/auth/options";
import type { Permission } from "@/lib/auth/permissions";
import { services, stopServices } from "@/lib/auth/services";
import type { Viewer } from "@/lib/auth/viewer";
import { isSetUp } from "@/lib/people/is-set-up";

/** What the request's cookie claims; only {@link getViewer} knows whether it still holds. */
export const getClaims = cache(async (): Promise<SessionClaims | null> => {
  const session = await getServerSession(authOptions());
  return session?.claims ?? null;
});

/** Who is signed in, or null. Checked against the database once per request; every page, action and stream goes through it. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const claims = await getClaims();
  return claims && (await loadViewer(services(), claims));
});

/** The same for an action that stops agents: the check of who asks does not wait for a connection either. */
export async function getStoppingViewer(): Promise<Viewer | null> {
  const claims = await getClaims();
  return claims && (await loadViewer(stopServices(), claims));
}

/**
 * The signed-in person, for pages and layouts. Nobody signed in: to the sign-in page, or to the first run when nobody exists yet.
 * With a permission: 404 when the person holds it nowhere. Which rows they see is decided by the query, and what they may do by the command.
 */
export async function requireViewer(permission?: Permission): Promise<Viewer> {
  const viewer = await getViewer();
  if (!viewer) redirect((await isSetUp(services().db)) ? "/sign-in" : "/welcome");
  if (permission && !viewer.access.canAnywhere(permission)) notFound();
  return viewer;
}
