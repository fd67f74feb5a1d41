import { z } from "zod";

import { getViewer } from "@/lib/auth/session";
import { MANY_MAX } from "@/lib/approvals/schemas";
import { assignable } from "@/lib/inbox/assignable";

const ids = z.array(z.uuid()).min(1).max(MANY_MAX);

/** Who may decide every one of these approvals, as JSON; it reads only (POST because the ids are many). 401 without a session, 400 for no ids. */
export async function POST(request: Request): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  const asked = ids.safeParse(await request.json().catch(() => null));
  if (!asked.success) return new Response(null, { status: 400 });
  return Response.json(await assignable(viewer, asked.data), { headers: { "cache-control": "no-store" } });
}
